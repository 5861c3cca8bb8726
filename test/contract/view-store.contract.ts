import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Position, START } from '#event-store';
import {
  CheckpointMoved,
  type CollectionDefinition,
  type Document,
  type FindQuery,
  InvalidPageToken,
  type Key,
  type KeyPart,
  OwnershipLost,
  type PrefixQuery,
  type ViewReader,
  type ViewStore,
  type Write,
} from '#view-store';

/** A store under test, open. */
export interface ViewStoreUnderTest {
  readonly store: ViewStore;
  /** Another reader of the same views, as another thread or process has it. */
  readonly reader: ViewReader;
  close(): Promise<void>;
}

export interface ViewStoreCapabilities {
  /** A commit that fails half-way leaves nothing behind; otherwise its first writes may remain. */
  readonly atomicCommit: boolean;
}

/** The contract of every view store. `followers` are names passed when it opens. */
export function viewStoreContract(
  name: string,
  open: (followers: readonly string[]) => Promise<ViewStoreUnderTest>,
  { atomicCommit }: ViewStoreCapabilities,
): void {
  describe(`view store: ${name}`, () => {
    const run = randomUUID();
    const follower = `follower-${run}`;
    let views: ViewStoreUnderTest;

    beforeAll(async () => {
      views = await open([follower]);
    });
    afterAll(() => views.close());

    /** Each test has collections of its own. */
    const collectionOf = <D extends Document>(
      definition: Omit<CollectionDefinition<D>, 'name'>,
    ): CollectionDefinition<D> => ({ name: `c-${randomUUID()}`, ...definition });

    const people = () =>
      collectionOf<Person>({
        indexes: { byAge: ({ city, age }) => (age === undefined ? undefined : [city, age]) },
        text: ({ city, about }) =>
          about === undefined ? undefined : { scope: city, words: about.split(' ') },
      });

    /** Words with their spellings: `this|that other`. */
    const inBern = (query: string) => ({
      scope: 'Bern',
      wanted: query === '' ? [] : query.split(' ').map((word) => word.split('|')),
    });

    const keyed = () => collectionOf<Keyed>({ indexes: { byKey: ({ key }) => key } });

    const save = async <D extends Document>(
      collection: CollectionDefinition<D>,
      documents: readonly D[],
    ): Promise<void> =>
      commitAs(
        `writer-${randomUUID()}`,
        START,
        0,
        documents.map((d) => write(collection, d)),
      );

    const remove = (collection: CollectionDefinition<Keyed> | CollectionDefinition<Person>, id: string) =>
      commitAs(`writer-${randomUUID()}`, START, 0, [
        { collection: collection as CollectionDefinition<Document>, id, document: undefined },
      ]);

    const commitAs = (as: string, from: number, to: number, writes: readonly Write[]): Promise<void> =>
      views.store.commit({ follower: as, from: from as Position, to: to as Position, writes });

    const idsOf = async <D extends Document>(
      collection: CollectionDefinition<D>,
      query: FindQuery,
    ): Promise<string[]> => {
      const ids: string[] = [];
      let after: string | undefined;
      do {
        const page = await views.store.find(collection, { ...query, after });
        ids.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      return ids;
    };

    describe('documents', () => {
      it('are read as they were stored', async () => {
        const collection = collectionOf<Document & { readonly body: unknown }>({ indexes: {} });
        const body = {
          text: 'Zürich 𝒳 \u0000 "\'',
          list: [1, -0.5, 1e300, null, true],
          nested: { empty: {}, none: [] },
        };
        await save(collection, [{ id: 'a', body }]);
        expect(await views.store.get(collection, 'a')).toStrictEqual({ id: 'a', body });
      });

      it('are undefined where there are none', async () => {
        const collection = people();
        expect(await views.store.get(collection, 'nobody')).toBeUndefined();
        await save(collection, [ann]);
        expect(await views.store.get(collection, 'nobody')).toBeUndefined();
      });

      it('are returned in the requested order, repeated ids repeatedly', async () => {
        const collection = people();
        await save(collection, [ann, bob]);
        expect(await views.store.getMany(collection, ['bob', 'x', 'ann', 'bob'])).toStrictEqual([
          bob,
          undefined,
          ann,
          bob,
        ]);
        expect(await views.store.getMany(collection, [])).toStrictEqual([]);
      });

      it('are distinguished by similar ids', async () => {
        const ids = [
          'a',
          'A',
          'a ',
          ' a',
          'ä',
          'a\u0308',
          'Å',
          'a%',
          'a_',
          'a.b',
          '$a',
          "a'b",
          'a"b',
          '日本',
          '😀',
          'a\tb',
        ];
        const collection = keyed();
        await save(
          collection,
          ids.map((id) => ({ id, key: [id] })),
        );
        for (const id of ids) {
          expect(await views.store.get(collection, id)).toStrictEqual({ id, key: [id] });
          expect(await idsOf(collection, { index: 'byKey', prefix: [id] })).toStrictEqual([id]);
        }
        expect(await views.store.count(collection, { index: 'byKey', prefix: [] })).toBe(ids.length);
      });

      it('are replaced as a whole, and removed', async () => {
        const collection = people();
        await save(collection, [ann, bob]);
        await save(collection, [{ id: 'ann', city: 'Oslo' }]);
        await remove(collection, 'bob');
        await remove(collection, 'nobody');
        expect(await views.store.getMany(collection, ['ann', 'bob'])).toStrictEqual([
          { id: 'ann', city: 'Oslo' },
          undefined,
        ]);
      });

      it('have the position they reflect', async () => {
        const collection = people();
        const as = `writer-${randomUUID()}`;
        await commitAs(as, START, 7, [
          { ...write(collection, ann), position: 5 as Position },
          write(collection, bob),
        ]);
        expect(await views.store.load(collection, ['bob', 'x', 'ann'])).toStrictEqual([
          { document: bob, position: 7 },
          { document: undefined, position: START },
          { document: ann, position: 5 },
        ]);
      });

      it('of two collections are independent', async () => {
        const one = people();
        const other = people();
        await save(one, [ann]);
        expect(await views.store.get(other, 'ann')).toBeUndefined();
        expect(await idsOf(other, { index: 'byAge', prefix: [] })).toStrictEqual([]);
      });
    });

    describe('indexes', () => {
      const part = fc.oneof(
        fc.constantFrom<KeyPart>(
          null,
          false,
          true,
          0,
          -0,
          1,
          -1,
          2,
          10,
          0.5,
          -1e-300,
          Number.MAX_SAFE_INTEGER,
        ),
        fc.constantFrom<KeyPart>(
          '',
          'a',
          'A',
          'ab',
          'a ',
          'a\u0000',
          'a\u0001',
          'a\u0002b',
          'ä',
          '\uffee',
          '😀',
          '10',
          '9',
        ),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary', maxLength: 4 }),
      );
      const documents = fc
        .array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 25 })
        .map((keys) => keys.map((key, index): Keyed => ({ id: `d${(index * 7) % 25}`, key })));

      it('order documents by key, part by part, then by id, in both directions', async () => {
        await fc.assert(
          fc.asyncProperty(documents, fc.integer({ min: 1, max: 30 }), async (all, limit) => {
            const collection = keyed();
            await save(collection, all);
            const expected = all.toSorted(byKeyThenId).map(({ id }) => id);
            const query = { index: 'byKey', prefix: [], limit };
            expect(await idsOf(collection, query)).toStrictEqual(expected);
            expect(await idsOf(collection, { ...query, direction: 'descending' })).toStrictEqual(
              expected.toReversed(),
            );
          }),
          { numRuns: 40 },
        );
      });

      it('find exactly the documents whose keys begin with the prefix and lie within the bounds', async () => {
        const bound = fc.option(part, { nil: undefined });
        await fc.assert(
          fc.asyncProperty(
            documents,
            fc.array(part, { maxLength: 1 }),
            bound,
            bound,
            async (all, prefix, from, to) => {
              const collection = keyed();
              await save(collection, all);
              const bounds = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
              const query = { index: 'byKey', prefix, ...bounds };
              const expected = all.filter(({ key }) => isWithin(key, prefix, from, to)).toSorted(byKeyThenId);
              expect(await idsOf(collection, { ...query, limit: 100 })).toStrictEqual(
                expected.map(({ id }) => id),
              );
              expect(await views.store.count(collection, query)).toBe(expected.length);
            },
          ),
          { numRuns: 60 },
        );
      });

      it('answer many queries at once as each by itself', async () => {
        const prefix = fc.array(part, { maxLength: 2 });
        const asked = fc.array(
          fc.record({ prefix, limit: fc.integer({ min: 1, max: 6 }), reversed: fc.boolean() }),
          { maxLength: 12 },
        );
        await fc.assert(
          fc.asyncProperty(documents, asked, async (all, questions) => {
            const collection = collectionOf<Keyed>({
              indexes: { byKey: ({ key }) => key, byReversed: ({ key }) => key.toReversed() },
            });
            await save(collection, all);
            let queries: PrefixQuery[] = questions.map(({ reversed, ...query }) => ({
              index: reversed ? 'byReversed' : 'byKey',
              ...query,
            }));
            while (queries.length > 0) {
              const pages = await views.reader.findEach(collection, queries);
              expect(pages).toStrictEqual(
                await Promise.all(queries.map((query) => views.store.find(collection, query))),
              );
              expect(await views.reader.findIds(collection, queries)).toStrictEqual(
                pages.map((page) => ({ ...page, items: page.items.map(({ id }) => id) })),
              );
              queries = pages.flatMap(({ next }, place) =>
                next === undefined ? [] : [{ ...(queries[place] as PrefixQuery), after: next }],
              );
            }
          }),
          { numRuns: 40 },
        );
      });

      it('answer each of many queries completely, also when some find far more than others', async () => {
        const collection = keyed();
        const crowds = Array.from({ length: 2_400 }, (_, n): Keyed => ({ id: `c${n}`, key: [n % 3, n] }));
        const single = Array.from({ length: 500 }, (_, n): Keyed => ({ id: `s${n}`, key: [`s${n}`, n] }));
        await save(collection, [...crowds, ...single]);
        const prefixes = [...single.map(({ key }) => key.slice(0, 1)), [2], [0], [1], [], ['nobody']];
        const queries = prefixes.map((prefix) => ({ index: 'byKey', prefix, limit: 700 }));
        const pages = await views.store.findEach(collection, queries);
        expect(pages).toStrictEqual(
          await Promise.all(queries.map((query) => views.store.find(collection, query))),
        );
        expect(await views.store.findEach(collection, [])).toStrictEqual([]);
      });

      it('validate queries made together as strictly as single ones', async () => {
        const collection = keyed();
        await save(collection, [{ id: 'a', key: [1] }]);
        const good = { index: 'byKey', prefix: [1] };
        await expect(
          views.store.findEach(collection, [good, { index: 'byName', prefix: [] }]),
        ).rejects.toThrow(TypeError);
        await expect(
          views.store.findEach(collection, [good, { ...good, after: 'nonsense' }]),
        ).rejects.toThrow(InvalidPageToken);
      });

      it('follow changes of their documents', async () => {
        const collection = people();
        await save(collection, [ann, bob]);
        await save(collection, [
          { ...ann, age: 50 },
          { id: 'bob', city: 'Bern' },
        ]);
        expect(await idsOf(collection, { index: 'byAge', prefix: ['Bern'] })).toStrictEqual(['ann']);
        expect(await idsOf(collection, { index: 'byAge', prefix: ['Bern', 30] })).toStrictEqual([]);
        await remove(collection, 'ann');
        expect(await views.store.count(collection, { index: 'byAge', prefix: [] })).toBe(0);
      });

      it('follow whichever of the keys and words of a document change', async () => {
        const places = ['x', 'y', 'z'];
        const place = fc.option(fc.constantFrom(...places), { nil: undefined });
        const found = fc.record({ one: place, other: place, about: place });
        const states = fc.array(fc.tuple(fc.constantFrom('a', 'b'), found), { minLength: 2, maxLength: 8 });
        await fc.assert(
          fc.asyncProperty(states, async (all) => {
            const collection = collectionOf<Document & Partial<Record<'one' | 'other' | 'about', string>>>({
              indexes: {
                all: () => [],
                one: ({ one }) => (one === undefined ? undefined : [one]),
                other: ({ other }) => (other === undefined ? undefined : [other]),
              },
              text: ({ about }) => (about === undefined ? undefined : { scope: 'any', words: [about] }),
            });
            for (const [id, state] of all) await save(collection, [{ id, ...state }]);
            const last = [...new Map(all)].sort(([a], [b]) => (a < b ? -1 : 1));
            const where = (field: 'one' | 'other' | 'about', wanted: string) =>
              last.filter(([, state]) => state[field] === wanted).map(([id]) => id);
            for (const wanted of places) {
              for (const index of ['one', 'other'] as const) {
                expect(await idsOf(collection, { index, prefix: [wanted] })).toStrictEqual(
                  where(index, wanted),
                );
              }
              const text = { scope: 'any', wanted: [[wanted]] };
              const ids = await idsOf(collection, { index: 'all', prefix: [], text });
              expect(ids).toStrictEqual(where('about', wanted));
            }
          }),
          { numRuns: 15 },
        );
      });

      it('return fifty documents a page by default, and a next page token only if there is a next page', async () => {
        const collection = keyed();
        await save(
          collection,
          Array.from({ length: 100 }, (_, index) => ({ id: `${index}`, key: [index] })),
        );
        const first = await views.store.find(collection, { index: 'byKey', prefix: [] });
        expect(first.items.map(({ id }) => id)).toStrictEqual(
          Array.from({ length: 50 }, (_, index) => `${index}`),
        );
        const second = await views.store.find(collection, { index: 'byKey', prefix: [], after: first.next });
        expect(second.items).toHaveLength(50);
        expect(second.next).toBeUndefined();
      });

      it('return each remaining document once while others write between pages', async () => {
        const collection = keyed();
        const even = Array.from({ length: 20 }, (_, index) => ({ id: `even-${index}`, key: [index * 2] }));
        await save(collection, even);
        const seen: string[] = [];
        let after: string | undefined;
        let page = 0;
        do {
          const found = await views.store.find(collection, { index: 'byKey', prefix: [], limit: 3, after });
          seen.push(...found.items.map(({ id }) => id));
          after = found.next;
          await save(collection, [{ id: `odd-${page}`, key: [page * 2 + 1] }]);
          // The last document of a page may be removed before the next page is read.
          const last = found.items.at(-1);
          if (last?.id.startsWith('odd')) await remove(collection, last.id);
          page += 1;
        } while (after !== undefined);
        expect(seen.filter((id) => id.startsWith('even'))).toStrictEqual(even.map(({ id }) => id));
        expect(new Set(seen).size).toBe(seen.length);
      });

      it('order documents of the same key by id', async () => {
        const collection = keyed();
        const ordered = ['a', 'b', 'm', 'z', '\uffee', '\u{10000}'];
        await save(
          collection,
          ordered.toReversed().map((id) => ({ id, key: ['same'] })),
        );
        const query = { index: 'byKey', prefix: ['same'], limit: 2 };
        expect(await idsOf(collection, query)).toStrictEqual(ordered);
        expect(await idsOf(collection, { ...query, direction: 'descending' })).toStrictEqual(
          ordered.toReversed(),
        );
      });

      it('refuse a page token they did not issue', async () => {
        const collection = keyed();
        await save(
          collection,
          [1, 2, 3].map((n) => ({ id: `${n}`, key: ['a', n] })),
        );
        const { next } = await views.store.find(collection, { index: 'byKey', prefix: ['a'], limit: 1 });
        const asked = (prefix: Key, after: string) =>
          views.store.find(collection, { index: 'byKey', prefix, after, limit: 1 });
        for (const token of ['rubbish', '', ' ', `${next}!`, 'ñ', '//__']) {
          await expect(asked(['a'], token)).rejects.toThrow(InvalidPageToken);
          await expect(asked([], token)).rejects.toThrow(InvalidPageToken);
        }
        await expect(asked(['b'], next ?? '')).rejects.toThrow(InvalidPageToken);
      });

      it('must be defined: a query by an unknown one is a programming error', async () => {
        const collection = keyed();
        const query = { index: 'byNothing', prefix: [] };
        await expect(views.store.find(collection, query)).rejects.toThrow(TypeError);
        await expect(views.store.count(collection, query)).rejects.toThrow(TypeError);
        const text = { scope: 'x', wanted: [['x']] };
        await expect(views.store.find(collection, { index: 'byKey', prefix: [], text })).rejects.toThrow(
          TypeError,
        );
      });
    });

    describe('free text', () => {
      const texts: readonly Person[] = [
        { id: 'chiller', city: 'Bern', age: 3, about: 'chiller müller straße r 410a' },
        { id: 'heat-pump', city: 'Bern', age: 1, about: 'heat pump at müllers chilling' },
        { id: 'freezer', city: 'Bern', age: 2, about: 'freezer 410' },
        { id: 'elsewhere', city: 'Oslo', age: 4, about: 'chiller müller' },
        { id: 'silent', city: 'Bern', age: 5 },
      ];
      const ask = async (
        collection: CollectionDefinition<Person>,
        query: string,
        more: Partial<FindQuery> = {},
      ) => {
        const text = inBern(query);
        const found = await idsOf(collection, { index: 'byAge', prefix: ['Bern'], text, ...more });
        const counted = { index: 'byAge', prefix: ['Bern'], text };
        expect(await views.store.countUpTo(collection, counted, 10)).toBe(found.length);
        return found;
      };

      it('finds documents in which every word begins a word, within the scope, in the order of the index', async () => {
        const collection = people();
        await save(collection, texts);
        expect(await ask(collection, 'chill')).toStrictEqual(['heat-pump', 'chiller']);
        expect(await ask(collection, 'chill', { direction: 'descending', limit: 1 })).toStrictEqual([
          'chiller',
          'heat-pump',
        ]);
        expect(await ask(collection, 'müller chiller')).toStrictEqual(['chiller']);
        expect(await ask(collection, '410')).toStrictEqual(['freezer', 'chiller']);
        expect(await ask(collection, 'r 410a')).toStrictEqual(['chiller']);
        expect(await ask(collection, 'hiller')).toStrictEqual([]);
        expect(await ask(collection, "'; %_* $or")).toStrictEqual([]);
        expect(await ask(collection, '')).toStrictEqual([]);
      });

      it('compares words exactly, without folding', async () => {
        const collection = people();
        await save(collection, texts);
        expect(await ask(collection, 'Chill')).toStrictEqual([]);
        expect(await ask(collection, 'muller')).toStrictEqual([]);
      });

      it('finds a word by any of its spellings', async () => {
        const collection = people();
        await save(collection, texts);
        expect(await ask(collection, 'freez|heat')).toStrictEqual(['heat-pump', 'freezer']);
        expect(await ask(collection, 'freez|chill 410')).toStrictEqual(['freezer', 'chiller']);
        expect(await ask(collection, 'nowhere|nobody')).toStrictEqual([]);
        const many = Array.from({ length: 499 }, (_, index) => `n${index}`).join('|');
        expect(await ask(collection, `${many}|heat`)).toStrictEqual(['heat-pump']);
        const none = { index: 'byAge', prefix: ['Bern'], text: { scope: 'Bern', wanted: [['chill'], []] } };
        expect(await idsOf(collection, none)).toStrictEqual([]);
      });

      it('finds everything page by page, whether few or most documents have the words', async () => {
        const collection = people();
        const crowd = Array.from({ length: 2_500 }, (_, index): Person => {
          const seldom = index % 100 === 7 ? 'seldom' : '';
          const late = index >= 1_500 ? 'late tardy' : '';
          const about = `common ${seldom} ${late} ${index % 2 === 0 ? 'even' : 'odd'} n${index}`;
          return { id: `p${String(index).padStart(4, '0')}`, city: 'Bern', age: index, about };
        });
        await save(collection, crowd);
        const found = async (query: string, more: Partial<FindQuery> = {}) => {
          const text = inBern(query);
          return idsOf(collection, { index: 'byAge', prefix: ['Bern'], limit: 30, text, ...more });
        };
        const those = (has: (index: number) => boolean) =>
          crowd.filter(({ age = 0 }) => has(age)).map(({ id }) => id);
        expect(await found('common')).toStrictEqual(those(() => true));
        expect(await found('comm ev')).toStrictEqual(those((index) => index % 2 === 0));
        expect(await found('even odd')).toStrictEqual([]);
        expect(await found('common seld')).toStrictEqual(those((index) => index % 100 === 7));
        expect(await found('n2499 odd')).toStrictEqual(['p2499']);
        expect(await found('odd', { direction: 'descending' })).toStrictEqual(
          those((index) => index % 2 === 1).toReversed(),
        );
        expect(await found('common', { from: 2_000, to: 2_003 })).toStrictEqual(['p2000', 'p2001', 'p2002']);
        const late = { index: 'byAge', prefix: ['Bern'], text: inBern('common late|tardy') };
        expect(await views.store.countUpTo(collection, late, 2_500)).toBe(1_000);
      });

      it('is counted as far as few documents have to be examined, and up to the given limit', async () => {
        const collection = people();
        await save(collection, texts);
        const count = (query: string, most: number) =>
          views.store.countUpTo(collection, { index: 'byAge', prefix: ['Bern'], text: inBern(query) }, most);
        expect(await count('chill', 2)).toBe(2);
        expect(await count('chill', 1)).toBeUndefined();
        expect(await count('nothing', 0)).toBe(0);
        expect(await views.store.countUpTo(collection, { index: 'byAge', prefix: ['Bern'] }, 4)).toBe(4);
        expect(
          await views.store.countUpTo(collection, { index: 'byAge', prefix: ['Bern'] }, 3),
        ).toBeUndefined();
      });

      it('accepts a query of any length', async () => {
        const collection = people();
        const words = Array.from({ length: 3_000 }, (_, index) => `w${index}`).join(' ');
        await save(collection, [{ id: 'novel', city: 'Bern', age: 1, about: words }]);
        expect(await ask(collection, words)).toStrictEqual(['novel']);
      });

      it('follows changes of the documents', async () => {
        const collection = people();
        await save(collection, texts);
        await save(collection, [
          { id: 'chiller', city: 'Bern', age: 3, about: 'cooler müller straße' },
          { id: 'freezer', city: 'Oslo', age: 2, about: 'freezer 410' },
          { id: 'silent', city: 'Bern', age: 5, about: 'chiller' },
        ]);
        await remove(collection, 'heat-pump');
        expect(await ask(collection, 'chill')).toStrictEqual(['silent']);
        expect(await ask(collection, 'müll')).toStrictEqual(['chiller']);
        expect(await ask(collection, 'freezer')).toStrictEqual([]);
        const text = { scope: 'Oslo', wanted: [['freez']] };
        expect(await idsOf(collection, { index: 'byAge', prefix: [], text })).toStrictEqual(['freezer']);
      });
    });

    describe('a commit', () => {
      it('moves the checkpoint of its follower only', async () => {
        const as = `writer-${randomUUID()}`;
        expect(await views.store.checkpoint(as)).toBe(START);
        await commitAs(as, START, 4, []);
        await commitAs(as, 4, 4, []);
        await commitAs(as, 4, Number.MAX_SAFE_INTEGER, []);
        expect(await views.store.checkpoint(as)).toBe(Number.MAX_SAFE_INTEGER);
        expect(await views.store.checkpoint(`${as} `)).toBe(START);
      });

      it('is refused when another owner of the follower committed first, and writes nothing', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = people();
        await commitAs(as, START, 3, [write(collection, ann)]);
        await expect(commitAs(as, START, 5, [write(collection, { ...ann, age: 99 })])).rejects.toThrow(
          CheckpointMoved,
        );
        await expect(commitAs(as, 4, 5, [write(collection, bob)])).rejects.toThrow(CheckpointMoved);
        expect(await views.store.getMany(collection, ['ann', 'bob'])).toStrictEqual([ann, undefined]);
        expect(await views.store.checkpoint(as)).toBe(3);
      });

      it('is accepted from exactly one of many owners at the same checkpoint', async () => {
        const as = `writer-${randomUUID()}`;
        const racers = Array.from({ length: 8 }, (_, index) => commitAs(as, START, index, []));
        const outcomes = await Promise.allSettled(racers);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });

      it('succeeds or fails independently of concurrent ones', async () => {
        const followers = Array.from({ length: 6 }, () => `writer-${randomUUID()}`);
        const collection = people();
        await commitAs(followers[3] ?? '', START, 7, []);
        const outcomes = await Promise.allSettled(
          followers.map((as, index) =>
            commitAs(as, START, index + 1, [write(collection, { ...ann, id: as })]),
          ),
        );
        expect(outcomes.map(({ status }) => status)).toStrictEqual(
          followers.map((_, index) => (index === 3 ? 'rejected' : 'fulfilled')),
        );
        const stored = await views.store.getMany(collection, followers);
        expect(stored.map((document) => document !== undefined)).toStrictEqual(
          followers.map((_, index) => index !== 3),
        );
        const checkpoints = await Promise.all(followers.map((as) => views.store.checkpoint(as)));
        expect(checkpoints).toStrictEqual([1, 2, 3, 7, 5, 6]);
      });

      it('does not move a checkpoint back', async () => {
        const as = `writer-${randomUUID()}`;
        await commitAs(as, START, 3, []);
        await expect(commitAs(as, 3, 2, [])).rejects.toThrow(RangeError);
        expect(await views.store.checkpoint(as)).toBe(3);
      });

      it('applies the last of several writes to one document', async () => {
        const collection = people();
        await commitAs(`writer-${randomUUID()}`, START, 1, [
          write(collection, ann),
          { ...write(collection, ann), document: undefined },
          write(collection, { ...ann, age: 77 }),
        ]);
        expect(await views.store.get(collection, 'ann')).toStrictEqual({ ...ann, age: 77 });
      });

      it('stores thousands of documents at once', async () => {
        const collection = people();
        const crowd = Array.from(
          { length: 5_000 },
          (_, index): Person => ({ id: `p${index}`, city: 'Bern', age: index }),
        );
        await save(collection, crowd);
        await save(
          collection,
          crowd.map((person) => ({ ...person, about: 'late' })),
        );
        expect(await views.store.count(collection, { index: 'byAge', prefix: ['Bern'], from: 4_990 })).toBe(
          10,
        );
        const text = inBern('late');
        expect(await idsOf(collection, { index: 'byAge', prefix: ['Bern'], text })).toHaveLength(5_000);
      });

      (atomicCommit ? it : it.skip)('leaves nothing behind when it fails', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = keyed();
        const writes = [
          write(collection, { id: 'good', key: [1] }),
          write(collection, { id: 'bad', key: [Number.NaN] }),
        ];
        await expect(commitAs(as, START, 1, writes)).rejects.toThrow(TypeError);
        expect(await views.store.get(collection, 'good')).toBeUndefined();
        expect(await views.store.checkpoint(as)).toBe(START);
      });
    });

    describe('a reset', () => {
      it('removes the documents and the checkpoint, and nothing else', async () => {
        const as = `writer-${randomUUID()}`;
        const gone = people();
        const kept = people();
        await commitAs(as, START, 9, [write(gone, ann), write(kept, bob)]);
        await views.store.reset(as, [gone]);
        expect(await views.store.checkpoint(as)).toBe(START);
        expect(await views.store.get(gone, 'ann')).toBeUndefined();
        expect(await views.store.count(gone, { index: 'byAge', prefix: [] })).toBe(0);
        expect(await views.store.get(kept, 'bob')).toStrictEqual(bob);
        await commitAs(as, START, 2, [write(gone, { ...ann, about: 'again' })]);
        const text = inBern('likes');
        expect(await idsOf(gone, { index: 'byAge', prefix: [], text })).toStrictEqual([]);
        expect(await idsOf(gone, { index: 'byAge', prefix: [] })).toStrictEqual(['ann']);
      });
    });

    describe('a lease', () => {
      const FREE = { owner: undefined, term: 0, beat: 0 };

      it('is free until it is claimed, and then shows its owner', async () => {
        const { leases } = views.store;
        const name = `lease-${randomUUID()}`;
        expect(await leases.read(name)).toStrictEqual(FREE);
        expect(await leases.claim(name, 'ann', FREE)).toStrictEqual({ name, owner: 'ann', term: 1 });
        expect(await leases.read(name)).toMatchObject({ owner: 'ann', term: 1 });
        expect(await leases.read(`${name} `)).toStrictEqual(FREE);
      });

      it('is granted to exactly one of many concurrent claims, each time', async () => {
        const { leases } = views.store;
        const name = `lease-${randomUUID()}`;
        for (let term = 1; term <= 3; term += 1) {
          const seen = await leases.read(name);
          const claims = await Promise.all(
            Array.from({ length: 8 }, (_, owner) => leases.claim(name, `owner-${owner}`, seen)),
          );
          const [won, ...others] = claims.filter((lease) => lease !== undefined);
          expect(others).toStrictEqual([]);
          expect(won).toMatchObject({ term });
          expect(await leases.read(name)).toMatchObject({ owner: won?.owner, term });
        }
      });

      it('changes when renewed, so that a claim based on its former state fails', async () => {
        const { leases } = views.store;
        const name = `lease-${randomUUID()}`;
        const lease = { name, owner: 'ann', term: 1 };
        await leases.claim(name, 'ann', FREE);
        const seen = await leases.read(name);
        expect(await leases.renew(lease)).toBe(true);
        expect(await leases.read(name)).not.toStrictEqual(seen);
        expect(await leases.claim(name, 'bob', seen)).toBeUndefined();
        expect(await leases.renew(lease)).toBe(true);
      });

      it('cannot be renewed or released by an owner that has lost it', async () => {
        const { leases } = views.store;
        const name = `lease-${randomUUID()}`;
        const lost = { name, owner: 'ann', term: 1 };
        expect(await leases.renew(lost)).toBe(false);
        await leases.claim(name, 'ann', FREE);
        await leases.claim(name, 'bob', await leases.read(name));
        expect(await leases.renew(lost)).toBe(false);
        expect(await leases.renew({ ...lost, term: 2 })).toBe(false);
        await leases.release(lost);
        expect(await leases.read(name)).toMatchObject({ owner: 'bob', term: 2 });
      });

      it('is free when it has been released, and its terms continue', async () => {
        const { leases } = views.store;
        const name = `lease-${randomUUID()}`;
        const lease = { name, owner: 'ann', term: 1 };
        await leases.claim(name, 'ann', FREE);
        await leases.release(lease);
        const seen = await leases.read(name);
        expect(seen).toMatchObject({ owner: undefined, term: 1 });
        expect(await leases.renew(lease)).toBe(false);
        expect(await leases.claim(name, 'bob', seen)).toStrictEqual({ name, owner: 'bob', term: 2 });
      });
    });

    describe('a fence', () => {
      const commitIn = (as: string, term: number | undefined, from: number, to: number, writes: Write[]) =>
        views.store.commit({ follower: as, from: from as Position, to: to as Position, writes, term });

      it('refuses a commit of an earlier term, or of none, and writes nothing of it', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = people();
        await commitIn(as, undefined, START, 1, [write(collection, ann)]);
        await views.store.fence(as, 1);
        await commitIn(as, 1, 1, 2, [write(collection, ann)]);
        await views.store.fence(as, 2);
        for (const term of [1, 0, undefined]) {
          const late = commitIn(as, term, 2, 3, [
            write(collection, { ...ann, age: 99 }),
            write(collection, bob),
          ]);
          await expect(late).rejects.toThrow(OwnershipLost);
          await expect(views.store.reset(as, [people(), collection], term)).rejects.toThrow(OwnershipLost);
        }
        await expect(views.store.fence(as, 1)).rejects.toThrow(OwnershipLost);
        expect(await views.store.checkpoint(as)).toBe(2);
        expect(await views.store.getMany(collection, ['ann', 'bob'])).toStrictEqual([ann, undefined]);
        await views.store.fence(as, 2);
        await commitIn(as, 2, 2, 3, [write(collection, bob)]);
        expect(await views.store.get(collection, 'bob')).toStrictEqual(bob);
      });

      it('survives a reset', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = people();
        await commitIn(as, 3, START, 1, [write(collection, ann)]);
        await views.store.reset(as, [collection], 3);
        expect(await views.store.get(collection, 'ann')).toBeUndefined();
        await expect(commitIn(as, 2, START, 1, [write(collection, ann)])).rejects.toThrow(OwnershipLost);
        await commitIn(as, 3, START, 1, [write(collection, bob)]);
        expect(await views.store.getMany(collection, ['ann', 'bob'])).toStrictEqual([undefined, bob]);
      });

      it('is raised by a commit of a later term', async () => {
        const as = `writer-${randomUUID()}`;
        await commitIn(as, 4, START, 1, []);
        await expect(commitIn(as, 3, 1, 2, [])).rejects.toThrow(OwnershipLost);
        await expect(views.store.fence(as, 3)).rejects.toThrow(OwnershipLost);
      });

      it('applies to its follower only', async () => {
        const as = `writer-${randomUUID()}`;
        await views.store.fence(as, 7);
        await commitIn(`${as} `, undefined, START, 1, []);
        await commitIn(`${as}-other`, 1, START, 1, []);
      });

      it('ensures that each checkpoint is from an owner that was not fenced off before', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = people();
        const shutOut: boolean[] = [];
        const own = async (term: number, wrote: () => void) => {
          await views.store.fence(as, term);
          shutOut[term - 1] = true;
          for (let from = await views.store.checkpoint(as); ; from = await views.store.checkpoint(as)) {
            await new Promise(setImmediate);
            const begun = shutOut[term] === true;
            await commitIn(as, term, from, from + 1, [write(collection, { ...ann, age: term })]);
            if (begun) throw new Error(`Term ${term} was fenced off, and wrote.`);
            wrote();
          }
        };
        const owners: Promise<void>[] = [];
        for (let term = 1; term <= 6; term += 1) {
          const { promise: wrote, resolve } = Promise.withResolvers<void>();
          owners.push(own(term, resolve));
          await wrote;
        }
        await views.store.fence(as, 7);
        for (const outcome of await Promise.allSettled(owners)) {
          expect(outcome).toMatchObject({ reason: expect.any(OwnershipLost) });
        }
        expect(await views.store.get(collection, 'ann')).toMatchObject({ age: 6 });
      });
    });

    describe('a drop', () => {
      it('removes the follower and its collections, and nothing else', async () => {
        const as = `writer-${randomUUID()}`;
        const other = `writer-${randomUUID()}`;
        const gone = people();
        const kept = people();
        await commitAs(as, START, 9, [write(gone, ann), write(kept, bob)]);
        await commitAs(other, START, 4, []);
        await views.store.drop(as, [gone.name]);
        expect(await views.store.checkpoint(as)).toBe(START);
        expect(await views.store.checkpoint(other)).toBe(4);
        expect(await views.store.get(kept, 'bob')).toStrictEqual(bob);
        await expect(commitAs(as, 9, 10, [write(gone, bob)])).rejects.toThrow(CheckpointMoved);
        expect(await views.store.get(gone, 'ann')).toBeUndefined();
      });

      it('frees the names for collections of any definition', async () => {
        const as = `writer-${randomUUID()}`;
        const earlier = people();
        await commitAs(as, START, 9, [write(earlier, ann)]);
        await views.store.drop(as, [earlier.name]);
        const later: CollectionDefinition<Keyed> = {
          name: earlier.name,
          indexes: { byKey: ({ key }) => key },
        };
        await commitAs(as, START, 2, [write(later, { id: 'ann', key: [1] })]);
        expect(await idsOf(later, { index: 'byKey', prefix: [] })).toStrictEqual(['ann']);
        expect(await views.reader.count(later, { index: 'byKey', prefix: [1] })).toBe(1);
      });

      it('can be repeated, and called where nothing exists', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = people();
        await views.store.drop(as, [collection.name]);
        await commitAs(as, START, 1, [write(collection, ann)]);
        await views.store.drop(as, [collection.name]);
        await views.store.drop(as, [collection.name]);
        expect(await views.store.checkpoint(as)).toBe(START);
      });
    });

    describe('readers', () => {
      it('see what has been committed', async () => {
        const as = `writer-${randomUUID()}`;
        const collection = people();
        expect(await views.reader.get(collection, 'ann')).toBeUndefined();
        expect(await views.reader.find(collection, { index: 'byAge', prefix: [] })).toStrictEqual({
          items: [],
        });
        expect(await views.reader.count(collection, { index: 'byAge', prefix: [] })).toBe(0);
        await commitAs(as, START, 6, [write(collection, ann)]);
        expect(await views.reader.get(collection, 'ann')).toStrictEqual(ann);
        expect(await views.reader.count(collection, { index: 'byAge', prefix: ['Bern'] })).toBe(1);
        expect(await views.reader.checkpoint(as)).toBe(6);
      });

      it('wait until a follower has passed a position, whichever connection commits it', async () => {
        const collection = people();
        await views.store.reset(follower, []);
        await commitAs(follower, START, 10, []);
        expect(await views.reader.waitFor(follower, 10 as Position, 0)).toBe(true);
        const waits = [views.reader, views.store].map((by) => by.waitFor(follower, 12 as Position, 120_000));
        await commitAs(follower, 10, 11, []);
        await commitAs(follower, 11, 12, [write(collection, ann)]);
        expect(await Promise.all(waits)).toStrictEqual([true, true]);
        expect(await views.reader.get(collection, 'ann')).toStrictEqual(ann);
      });

      it('stop waiting at the time limit', async () => {
        expect(await views.reader.waitFor(follower, 1_000_000 as Position, 30)).toBe(false);
        expect(await views.reader.waitFor(`nobody-${run}`, 0 as Position, 30)).toBe(false);
      });

      it('wait for a follower that was reset as for any other', async () => {
        await views.store.reset(follower, []);
        await commitAs(follower, START, 20, []);
        await views.store.reset(follower, []);
        expect(await views.reader.waitFor(follower, 15 as Position, 30)).toBe(false);
        const wait = views.reader.waitFor(follower, 15 as Position, 120_000);
        await new Promise(setImmediate);
        await commitAs(follower, START, 16, []);
        expect(await wait).toBe(true);
      });
    });
  });
}

interface Person extends Document {
  readonly city: string;
  readonly age?: number;
  readonly about?: string;
}

interface Keyed extends Document {
  readonly key: Key;
}

const ann: Person = { id: 'ann', city: 'Bern', age: 30, about: 'likes trains' };
const bob: Person = { id: 'bob', city: 'Bern', age: 40 };

function write<D extends Document>(collection: CollectionDefinition<D>, document: D): Write {
  return { collection: collection as CollectionDefinition<Document>, id: document.id, document };
}

const KINDS = ['null', 'false', 'true', 'number', 'string'];

function compareParts(a: KeyPart, b: KeyPart): number {
  const kind = (part: KeyPart) =>
    KINDS.indexOf(part === null || typeof part === 'boolean' ? `${part}` : typeof part);
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

function compareKeys(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function byKeyThenId(a: Keyed, b: Keyed): number {
  return compareKeys(a.key, b.key) || (a.id < b.id ? -1 : 1);
}

function isWithin(key: Key, prefix: Key, from: KeyPart | undefined, to: KeyPart | undefined): boolean {
  if (prefix.some((part, index) => key[index] === undefined || compareParts(part, key[index]) !== 0))
    return false;
  const next = key[prefix.length];
  if (from !== undefined && (next === undefined || compareParts(next, from) < 0)) return false;
  return to === undefined || next === undefined || compareParts(next, to) < 0;
}
