// Reads what a cluster's stores hold, beside its programs.
import { MongoClient } from 'mongodb';
import { deserialise, type Recorded, type TesseraEvent } from '#contracts';
import type { Position } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { ownFollowers } from '../../apps/worker/index.ts';
import type { Log } from '../crash/service/final-state.contract.ts';

/** The log after a position, in order. */
export async function readLog(url: string, from: Position): Promise<Log> {
  const store = new EventStoreDbEventStore({ url });
  const log: Recorded<TesseraEvent>[] = [];
  for (let after = from; ; ) {
    const page = await store.readAll({ after });
    for (const event of page) log.push(deserialise(event) as Recorded<TesseraEvent>);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.position;
  }
  await store.close();
  return log;
}

/** Collections of the store itself, and those that say when and in which build a projection was built. */
const INTERNAL_COLLECTIONS = /^_|^projection-(?:versions|builds)$/;

/** Every document there is, by collection and id. */
export async function readDocuments(url: string): Promise<Map<string, unknown>> {
  return withDatabase(url, async (client) => {
    const documents = new Map<string, unknown>();
    const collections = await client.db().listCollections({}, { nameOnly: true }).toArray();
    for (const { name } of collections.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (INTERNAL_COLLECTIONS.test(name)) continue;
      const stored = client.db().collection<{ _id: string; document?: string }>(name);
      for await (const { _id, document } of stored.find({ _id: { $gte: '' } }, { sort: { _id: 1 } })) {
        if (document !== undefined) documents.set(`${name} ${_id}`, JSON.parse(document));
      }
    }
    return documents;
  });
}

/** The checkpoint of each follower. */
export async function readCheckpoints(url: string): Promise<ReadonlyMap<string, number | undefined>> {
  return withDatabase(url, async (client) => {
    const followers = client.db().collection<{ _id: string; position: number }>('_followers');
    const found = await followers.find({ _id: { $in: [...ownFollowers] } }).toArray();
    const positions = new Map(found.map(({ _id, position }) => [_id, position]));
    return new Map(ownFollowers.map((name) => [name, positions.get(name)]));
  });
}

async function withDatabase<Result>(
  url: string,
  work: (client: MongoClient) => Promise<Result>,
): Promise<Result> {
  const client = new MongoClient(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
