// How lists are searched: by the words of what is asked for, folded as the rules fold text (R-K7).
import { setImmediate as nextTurn } from 'node:timers/promises';
import { foldedWords } from '#domain/catalogue';
import { accountWord, counterparties } from '#projections/accounts';
import { partyConnections } from '#projections/connections';
import type { FindQuery, ViewReader } from '#view-store';

type Searched = FindQuery['text'];

/** Of how many of an account's connections the other party's names are known to a search: the latest ones. */
const CONNECTIONS = 5_000;
/** After so many, others get their turn. */
const PAGE = 500;

/** Of how many parties, the latest ones, a word may be meant: an index is asked for each of them. */
const PARTIES = 400;

/** What is found by the words of `q`, of all that `account` may see. */
export function searchedFor(account: string, q: string | undefined): Searched {
  if (q === undefined) return undefined;
  return { scope: account, wanted: foldedWords(q).map((word) => [word]) };
}

/** Likewise, where a word may be one of the other party's name instead, as it is called now. */
export async function searchedWithParties(
  views: ViewReader,
  account: string,
  q: string | undefined,
): Promise<Searched> {
  const searched = searchedFor(account, q);
  if (searched === undefined || searched.wanted.length === 0) return searched;
  const parties = await partiesOf(views, account);
  const wanted = searched.wanted.map(([word = '']) => {
    const meant = parties.filter(({ words }) => words.some((one) => one.startsWith(word)));
    return [word, ...meant.slice(0, PARTIES).map(({ id }) => accountWord(id))];
  });
  return { scope: account, wanted };
}

/** Those an account is or was connected with, by the words of their names. */
async function partiesOf(views: ViewReader, account: string) {
  const parties = new Map<string, readonly string[]>();
  let after: string | undefined;
  let looked = 0;
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
    looked += page.items.length;
    const names = await counterparties(views, ids);
    for (const { id, name } of names.values()) parties.set(id, foldedWords(name));
    after = page.next;
    if (after !== undefined) await nextTurn();
  } while (after !== undefined && looked < CONNECTIONS);
  return Array.from(parties, ([id, words]) => ({ id, words }));
}
