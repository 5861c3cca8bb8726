import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Position, START } from '#event-store';
import type { CollectionDefinition } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { collectPage, listPage } from './paging.ts';

interface Thing {
  readonly id: string;
  readonly rank: number;
  readonly about: string;
}

const things: CollectionDefinition<Thing> = {
  name: 'things',
  indexes: { 'by-rank': ({ rank }) => ['all', rank] },
  text: ({ about }) => ({ scope: 'all', words: about.split(' ') }),
};
const query = { index: 'by-rank', prefix: ['all'] };

let views: SqliteViewStore;
let looked = 0;

beforeEach(() => {
  looked = 0;
  views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
});

afterEach(() => views.close());

async function keep(count: number, about = 'thing'): Promise<void> {
  const writes = Array.from({ length: count }, (_, rank) => {
    const id = `t${String(rank).padStart(6, '0')}`;
    return { collection: things, id, document: { id, rank, about } };
  });
  await views.commit({ follower: 'spec', from: START, to: 1 as Position, writes });
}

/** Every page of what passes, each with how many documents were looked at for it. */
async function pagesOf(pageSize: number, passes: (rank: number) => boolean) {
  const pages: { ranks: number[]; looked: number }[] = [];
  let pageToken: string | undefined;
  do {
    const before = looked;
    const page = await collectPage(
      views,
      { collection: things, query },
      { pageSize, pageToken },
      async (found) => {
        looked += found.length;
        return found.map(({ rank }) => (passes(rank) ? rank : undefined));
      },
    );
    pages.push({ ranks: [...page.items], looked: looked - before });
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return pages;
}

describe('a page of which some is passed over', () => {
  it('has everything once, in order, and no page more than was asked for', async () => {
    await keep(700);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        async (pageSize, every, rest) => {
          const passes = (rank: number) => rank % every === rest % every;
          const pages = await pagesOf(pageSize, passes);
          expect(pages.flatMap(({ ranks }) => ranks)).toEqual(
            Array.from({ length: 700 }, (_, rank) => rank).filter(passes),
          );
          expect(Math.max(...pages.map(({ ranks }) => ranks.length))).toBeLessThanOrEqual(pageSize);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('looks at a bounded number of documents, however many there are to be passed over', async () => {
    await keep(10_000);
    const pages = await pagesOf(50, () => false);
    expect(pages.every(({ looked: at }) => at <= 2_000)).toBe(true);
    expect(pages.length).toBeLessThan(10);
  });

  it('is filled by few questions', async () => {
    await keep(1_000);
    let questions = 0;
    const page = await collectPage(views, { collection: things, query }, { pageSize: 50 }, async (found) => {
      questions += 1;
      return found.map(({ rank }) => (rank % 10 === 0 ? rank : undefined));
    });
    expect(page.items).toHaveLength(50);
    expect(questions).toBeLessThanOrEqual(4);
  });
});

describe('a list', () => {
  it('has a total, up to a number that is counted quickly', async () => {
    await keep(20_001);
    const page = (more: object) =>
      listPage(views, { collection: things, query: { ...query, ...more } }, { pageSize: 1 });
    expect((await page({ to: 20_000 })).total).toBe(20_000);
    expect((await page({})).total).toBeUndefined();
  });

  it('fills the page of a search whose words are common, also where few have them all', async () => {
    await keep(3_000, 'common');
    const listing = { collection: things, query: { ...query, text: { scope: 'all', wanted: [['comm']] } } };
    const page = await listPage(views, listing, { pageSize: 50 });
    expect(page.items).toHaveLength(50);
    expect(page.nextPageToken).toBeDefined();
    expect(page.total).toBeUndefined();
  });
});
