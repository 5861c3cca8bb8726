import type { Logger } from 'pino';
import type { CausedCommand, CommandOutcome } from '#application';
import type { EventStore } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { projections } from '#projections';
import { ProjectionViews } from '#subscriptions';
import type { ViewReader } from '#view-store';
import { MongoViewReader } from '#view-store/mongodb';
import type { Config } from './config.ts';
import { EmbeddedStores } from './embedded.ts';

/** What the service stands on. */
export interface Stores {
  readonly events: EventStore;
  readonly views: ViewReader;
  /**
   * Begins whatever keeps the views beside the service; resolves when they can be read.
   * @param execute carries out the commands of processes
   */
  start(execute: (command: CausedCommand) => Promise<CommandOutcome>, log: Logger): Promise<void>;
  close(): Promise<void>;
}

/** @throws EventStoreUnusable the embedded stores are open in another process, damaged or too new */
export function openStores({ dataDir, stores }: Config): Promise<Stores> | Stores {
  return stores ? new SharedStores(stores.events, stores.views) : EmbeddedStores.open(dataDir);
}

/** Stores that any number of services and workers share; both are connected to when they are first asked. */
class SharedStores implements Stores {
  readonly events: EventStore;
  readonly views: ViewReader;

  constructor(events: string, views: string) {
    this.events = new EventStoreDbEventStore({ url: events });
    this.views = new ProjectionViews(new MongoViewReader({ url: views }), projections);
  }

  /** The views are kept by workers of their own. */
  async start(): Promise<void> {}

  async close(): Promise<void> {
    await Promise.all([this.views.close(), this.events.close()]);
  }
}
