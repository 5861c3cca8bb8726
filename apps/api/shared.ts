import type { EventStore } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import type { KeyStore, PersonalKeys } from '#personal-data';
import { keysDatabase, MongoKeyStore } from '#personal-data/mongodb';
import { projections } from '#projections';
import { ProjectionViews, type SettledViews } from '#subscriptions';
import { MongoConnection, MongoViewReader } from '#view-store/mongodb';
import { personalKeys } from '../personal-data.ts';
import type { Stores } from './stores.ts';

/** Stores that any number of services and workers share; both are connected on first use. */
export class SharedStores implements Stores {
  readonly events: EventStore;
  readonly views: SettledViews;

  readonly keys: PersonalKeys;
  readonly #keyStore: KeyStore;

  constructor(events: string, views: string, keyEncryption: string | undefined) {
    this.events = new EventStoreDbEventStore({ url: events });
    this.views = new ProjectionViews(new MongoViewReader({ url: views }), projections);
    this.#keyStore = new MongoKeyStore(new MongoConnection({ url: keysDatabase(views) }));
    this.keys = personalKeys(this.#keyStore, keyEncryption);
  }

  /** The views are kept by workers of their own. */
  async start(): Promise<void> {}

  /** Their servers reject writes without room. */
  async checkWritable(): Promise<void> {}

  /** Workers have metrics of their own. */
  async readings(): Promise<undefined> {}

  async close(): Promise<void> {
    await Promise.all([this.views.close(), this.events.close(), this.#keyStore.close()]);
  }
}
