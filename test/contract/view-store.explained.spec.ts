// Every question that views in a MongoDB are asked goes by an index, and looks at no more than it takes to answer it.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type Position, START } from '#event-store';
import type { CollectionDefinition, Document, ViewReader } from '#view-store';
import { MongoViewReader, MongoViewStore } from '#view-store/mongodb';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';

/** A real server, which is asked to explain what the test server was asked. */
const { MONGO_URL } = process.env;

interface Kept extends Document {
  readonly account: string;
  readonly place: number;
}

const kept: CollectionDefinition<Kept> = {
  name: 'kept',
  indexes: { 'by-account': ({ account, place }) => [account, place] },
  text: ({ account, place }) => ({ scope: account, words: ['common', `rare${place}`] }),
};

const SIZE = 3_000;
const prefix = ['big'];
const by = { index: 'by-account', prefix, limit: 50 } as const;

/** How many documents each looks at, at most. */
const QUESTIONS: Readonly<
  Record<string, readonly [most: number, ask: (views: ViewReader) => Promise<unknown>]>
> = {
  'one document': [1, (views) => views.get(kept, 'kept-7')],
  'many documents': [3, (views) => views.getMany(kept, ['kept-7', 'kept-8', 'nothing'])],
  'a page': [51, (views) => views.find(kept, by)],
  'a page backwards': [51, (views) => views.find(kept, { ...by, direction: 'descending' })],
  'the last page': [51, (views) => views.find(kept, { ...by, from: SIZE - 50 })],
  'a page after another': [
    51 + 52,
    async (views) => views.find(kept, { ...by, after: (await views.find(kept, by)).next }),
  ],
  'a page within bounds': [11, (views) => views.find(kept, { ...by, from: 100, to: 110 })],
  'a page of nothing': [0, (views) => views.find(kept, { ...by, prefix: ['nobody'] })],
  'many pages': [
    4,
    (views) =>
      views.findEach(kept, [
        { ...by, prefix: ['big', 3] },
        { ...by, prefix: ['big', 4] },
      ]),
  ],
  'a count up to a limit': [101, (views) => views.countUpTo(kept, by, 100)],
  'a page with a common word': [51, (views) => views.find(kept, { ...by, text: wanting('common') })],
  'how many have a common word': [
    2_001,
    (views) => views.countUpTo(kept, { ...by, text: wanting('common') }, 20_000),
  ],
};

function wanting(word: string) {
  return { scope: 'big', wanted: [[word]] };
}

type Asked = Readonly<Record<string, unknown>>;

let server: MongoServer;
let store: MongoViewStore;
let reader: MongoViewReader;
let explaining: MongoClient;
let asked: Asked[] = [];
let urls: readonly string[];

beforeAll(async () => {
  server = await MongoServer.start();
  const name = `tessera-${randomUUID()}`;
  urls = [server.url, ...(MONGO_URL === undefined ? [] : [MONGO_URL])].map((url) => databaseAt(url, name));
  for (const url of urls) {
    const filled = new MongoViewStore({ url });
    const writes = Array.from({ length: SIZE }, (_, place) => {
      const id = `kept-${place}`;
      return { collection: kept, id, document: { id, account: 'big', place } };
    });
    await filled.commit({ follower: 'spec', from: START, to: 1 as Position, writes });
    if (url === urls[0]) store = filled;
    else await filled.close();
  }
  reader = new MongoViewReader({ url: urls[0] as string });
  explaining = new MongoClient(urls.at(-1) as string);
  server.decide((name, command) => {
    if (command[name] === kept.name && ['find', 'aggregate'].includes(name)) asked.push({ ...command });
    return undefined;
  });
});

afterAll(async () => {
  server.decide();
  await explaining.close();
  await reader.close();
  await store.close();
  for (const url of urls) await dropDatabase(url);
  await server.close();
});

/** What the server says of how it would carry the command out. */
async function explained({ find, aggregate, filter, sort, limit, projection, pipeline }: Asked) {
  const command = find ? { find, filter, sort, limit, projection } : { aggregate, pipeline, cursor: {} };
  const wanted = Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined));
  const plan = await explaining.db().command({ explain: wanted, verbosity: 'executionStats' });
  return { text: JSON.stringify(plan), examined: examinedIn(plan) };
}

/** Of a find at the top, of a pipeline further down. */
function examinedIn(plan: unknown): number {
  if (typeof plan !== 'object' || plan === null) return 0;
  const { totalDocsExamined } = plan as { totalDocsExamined?: number };
  if (totalDocsExamined !== undefined) return totalDocsExamined;
  return Math.max(0, ...Object.values(plan).map(examinedIn));
}

describe('views in a MongoDB', () => {
  it.each(Object.keys(QUESTIONS))('are asked for %s by an index', async (name) => {
    const [most, ask] = QUESTIONS[name] as (typeof QUESTIONS)[string];
    asked = [];
    await ask(reader);
    expect(asked.length).toBeGreaterThan(0);
    const plans = await Promise.all(asked.map(explained));
    for (const { text } of plans) expect(text).not.toContain('COLLSCAN');
    expect(plans.reduce((sum, { examined }) => sum + examined, 0)).toBeLessThanOrEqual(most);
  });
});
