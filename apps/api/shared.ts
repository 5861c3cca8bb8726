import type { EventStore } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { projections } from '#projections';
import { ProjectionViews, type SettledViews } from '#subscriptions';
import { MongoViewReader } from '#view-store/mongodb';
import type { Stores } from './stores.ts';

/** Stores that any number of services and workers share; both are connected to when they are first asked. */
export class SharedStores implements Stores {
  readonly events: EventStore;
  readonly views: SettledViews;

  constructor(events: string, views: string) {
    this.events = new EventStoreDbEventStore({ url: events });
    this.views = new ProjectionViews(new MongoViewReader({ url: views }), projections);
  }

  /** The views are kept by workers of their own. */
  async start(): Promise<void> {}

  /** Their servers tell when they are asked. */
  async checkWritable(): Promise<void> {}

  /** Workers tell of themselves. */
  async readings(): Promise<undefined> {}

  async close(): Promise<void> {
    await Promise.all([this.views.close(), this.events.close()]);
  }
}
