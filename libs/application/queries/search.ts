// How lists are searched: by the words of the query, folded as in the rules (R-K7).
import { setImmediate as nextTurn } from 'node:timers/promises';
import { foldedWords, isPostalCode, searchedWords } from '#domain/catalogue';
import { idWord } from '#projections';
import { counterparties } from '#projections/accounts';
import { buildings, locations } from '#projections/catalogue';
import { partyConnections } from '#projections/connections';
import {
  type CollectionDefinition,
  type Document,
  type FindQuery,
  matchesAll,
  type Spellings,
  type ViewReader,
} from '#view-store';
import { collectPage } from './paging.ts';

type Searched = FindQuery['text'];

/** How many of an account's connections, the latest ones, a search includes by the other party's name. */
const CONNECTIONS = 5_000;
/** How many are read before other work gets its turn. */
const PAGE = 500;

/** How many parties or places a word may stand for: the index is searched for each of them. */
const MAX_ALTERNATIVES = 400;

/** How many places, of each kind, that have all words of a search are included. */
const PLACES = 200;

/** Places with one of its words are included if there are no more than this, for so many of its words. */
const FEW_PLACES = 100;
const WORDS_OF_PLACES = 8;

/** Words by which places are searched: `AC` and `01` are more likely part of a reference. */
const DISTINCTIVE = /\p{L}{3}|\p{Lo}/u;

/** The search for the words of `q` in all that `account` may see. */
export function searchedFor(account: string, q: string | undefined): Searched {
  return q === undefined ? undefined : { scope: account, wanted: searchedWords(q) };
}

/** Likewise, where a word may be one of the other party's name instead, as it is called now. */
export async function searchedWithParties(
  views: ViewReader,
  account: string,
  q: string | undefined,
): Promise<Searched> {
  if (q === undefined) return undefined;
  const words = foldedWords(q);
  if (words.length === 0) return { scope: account, wanted: [] };
  const parties = await partiesOf(views, account);
  const wanted = words.map((word) => [word, ...idWordsOf([word], parties)]);
  return { scope: account, wanted };
}

/**
 * Likewise, where a word may be one of its location's or building's current name or address instead: of places
 * that have all words, or one that few have. One of them must be a word of some letters, or a postal code.
 */
export async function searchedWithPlaces(
  views: ViewReader,
  account: string,
  q: string | undefined,
): Promise<Searched> {
  const searched = searchedFor(account, q);
  if (searched === undefined || q === undefined) return searched;
  const distinctive = isPostalCode(q)
    ? searched.wanted
    : searched.wanted.filter(([word = '']) => DISTINCTIVE.test(word));
  if (distinctive.length === 0) return searched;
  const places = [
    ...(await placesOf(views, locations, searched, distinctive)),
    ...(await placesOf(views, buildings, searched, distinctive)),
  ];
  const wanted = searched.wanted.map((spellings) => [...spellings, ...idWordsOf(spellings, places)]);
  return { scope: account, wanted };
}

/** A party or place, by its words. */
interface Named {
  readonly id: string;
  readonly words: readonly string[];
}

/** The id words of the parties or places that have one of the spellings. */
function idWordsOf(spellings: readonly string[], named: readonly Named[]): string[] {
  const matching = named.filter(({ words }) => matchesAll(words, [spellings]));
  return matching.slice(0, MAX_ALTERNATIVES).map(({ id }) => idWord(id));
}

async function placesOf<D extends Document>(
  views: ViewReader,
  collection: CollectionDefinition<D>,
  { scope, wanted }: NonNullable<Searched>,
  distinctive: readonly Spellings[],
): Promise<readonly Named[]> {
  const having = (some: readonly Spellings[]) => {
    return { index: 'by-name', prefix: [scope], text: { scope, wanted: some } };
  };
  const all = { collection, query: having(wanted) };
  const found = (await collectPage(views, all, { pageSize: PLACES }, async (places) => places)).items.slice();
  if (wanted.length > 1) {
    for (const spellings of distinctive.slice(0, WORDS_OF_PLACES)) {
      await nextTurn();
      const { items, next } = await views.find(collection, { ...having([spellings]), limit: FEW_PLACES });
      if (next === undefined) found.push(...items);
    }
  }
  const places = new Map(found.map((place) => [place.id, collection.text?.(place)?.words ?? []]));
  return Array.from(places, ([id, words]) => ({ id, words }));
}

/** The accounts that an account is or was connected with, by the words of their names. */
async function partiesOf(views: ViewReader, account: string): Promise<readonly Named[]> {
  const parties = new Map<string, readonly string[]>();
  let after: string | undefined;
  let examined = 0;
  do {
    const query = {
      index: 'by-account',
      prefix: [account],
      direction: 'descending',
      after,
      limit: PAGE,
    } as const;
    const page = await views.find(partyConnections, query);
    const ids = page.items.flatMap(({ counterparty }) => counterparty ?? []).filter((id) => !parties.has(id));
    examined += page.items.length;
    const names = await counterparties(views, ids);
    for (const { id, name } of names.values()) parties.set(id, foldedWords(name));
    after = page.next;
    if (after !== undefined) await nextTurn();
  } while (after !== undefined && examined < CONNECTIONS);
  return Array.from(parties, ([id, words]) => ({ id, words }));
}
