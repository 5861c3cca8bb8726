import { randomUUID } from 'node:crypto';
import { type Position, START } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { PROCESSES } from '#processes';
import { projections } from '#projections';
import { SEAL } from '#seal';
import { followerOf, projectionBuilds } from '#subscriptions';
import { MongoViewStore } from '#view-store/mongodb';
import { EventStoreDb } from '../servers/eventstoredb/index.ts';
import { databaseAt, dropDatabase } from '../servers/mongodb/database.ts';
import { MongoServer } from '../servers/mongodb/index.ts';

/** The stores that a cluster's programs share. */
export interface Stores {
  /** The URL of the event store. */
  readonly events: string;
  /** The end of the log before the cluster started: events up to it are not the cluster's. */
  readonly before: Position;
  /** Creates a database for views that begin at that position; gives its URL. */
  newViews(): Promise<string>;
}

/**
 * Stores for tests: test servers, or the real ones that `ESDB_URL` and `MONGO_URL` name, which others may use too.
 */
export class SharedStores implements Stores {
  readonly #databases: string[] = [];

  private constructor(
    readonly events: string,
    readonly before: Position,
    /** The view store when it is a test server. */
    readonly viewServer: MongoServer | undefined,
    private readonly eventServer: EventStoreDb | undefined,
  ) {}

  static async start(): Promise<SharedStores> {
    const { ESDB_URL, MONGO_URL } = process.env;
    const eventServer = ESDB_URL === undefined ? await EventStoreDb.start() : undefined;
    const viewServer = MONGO_URL === undefined ? await MongoServer.start() : undefined;
    const events = ESDB_URL ?? (eventServer as EventStoreDb).url;
    const before = ESDB_URL === undefined ? START : await endOf(ESDB_URL);
    return new SharedStores(events, before, viewServer, eventServer);
  }

  async newViews(): Promise<string> {
    const server = this.viewServer?.url ?? process.env.MONGO_URL ?? '';
    const url = databaseAt(server, `tessera-${randomUUID()}`);
    this.#databases.push(url);
    if (this.before !== START) await beginViews(url, this.before);
    return url;
  }

  /** Stops test servers, and drops the databases created on real ones; events stay. */
  async close(): Promise<void> {
    if (!this.viewServer) await Promise.all(this.#databases.map(dropDatabase));
    await Promise.all([this.eventServer?.close(), this.viewServer?.close()]);
  }
}

/** Sets the checkpoints of a new database as if its views had been built up to a position. */
export async function beginViews(url: string, to: Position): Promise<void> {
  const views = new MongoViewStore({ url });
  try {
    for (const follower of projections.map(followerOf)) {
      const build = { collection: projectionBuilds, id: follower, document: { id: follower } };
      await views.commit({ follower, from: START, to, writes: [build] });
    }
    for (const follower of [PROCESSES, SEAL]) {
      await views.commit({ follower, from: START, to, writes: [] });
    }
  } finally {
    await views.close();
  }
}

async function endOf(url: string): Promise<Position> {
  const store = new EventStoreDbEventStore({ url });
  try {
    return await store.head();
  } finally {
    await store.close();
  }
}
