import type { EventStore } from '#event-store';
import type { KeyStore, PersonalKeys } from '#personal-data';
import type { Log } from '#subscriptions';
import type { ViewStore } from '#view-store';
import { keyEncryptionIn, personalKeys } from '../personal-data.ts';
import type { WorkerPlace } from './config.ts';
import { viewsPath } from './paths.ts';

/** The stores of a worker that runs by itself. */
export interface WorkerStores {
  readonly events: EventStore;
  readonly views: ViewStore;
  readonly keyStore: KeyStore;
  /** With which both keep what is personal. */
  readonly keys: PersonalKeys;
}

/**
 * The stores that are shared with services and other workers, connected on first use; or else the
 * embedded ones, whose log file it locks while it runs. The clients of the others are not even loaded.
 * @param viewsDiscarded called when the view files were set aside; they have to be built anew
 * @throws EventStoreUnusable the embedded stores are open in another process, damaged or too new
 */
export async function openStores(
  { dataDir, stores, keyEncryption }: WorkerPlace,
  log: Log,
  viewsDiscarded: () => void,
): Promise<WorkerStores> {
  if (stores) {
    const [{ EventStoreDbEventStore }, { MongoConnection, MongoViewStore }, { keysDatabase, MongoKeyStore }] =
      await Promise.all([
        import('#event-store/eventstoredb'),
        import('#view-store/mongodb'),
        import('#personal-data/mongodb'),
      ]);
    const keyStore = new MongoKeyStore(new MongoConnection({ url: keysDatabase(stores.views) }));
    return {
      events: new EventStoreDbEventStore({ url: stores.events }),
      views: new MongoViewStore({ url: stores.views }),
      keyStore,
      keys: personalKeys(keyStore, keyEncryption),
    };
  }
  const [{ SqliteEventStore }, { SqliteViewStore }, { keysPath, SqliteKeyStore }] = await Promise.all([
    import('#event-store/sqlite'),
    import('#view-store/sqlite'),
    import('#personal-data/sqlite'),
  ]);
  const events = await SqliteEventStore.open({ directory: dataDir });
  const keyStore = new SqliteKeyStore(keysPath(dataDir));
  return {
    events,
    keyStore,
    keys: personalKeys(keyStore, keyEncryptionIn(dataDir, keyEncryption)),
    views: new SqliteViewStore({
      path: viewsPath(dataDir),
      discarded: (reason) => {
        log.warn(
          { reason },
          'The view files could not be used and were set aside; the views are being rebuilt',
        );
        viewsDiscarded();
      },
    }),
  };
}
