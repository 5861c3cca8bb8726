import type { EventStore } from '#event-store';
import type { Log } from '#subscriptions';
import type { ViewStore } from '#view-store';
import type { WorkerPlace } from './config.ts';
import { viewsPath } from './paths.ts';

/** The stores of a worker that runs by itself. */
export interface WorkerStores {
  readonly events: EventStore;
  readonly views: ViewStore;
}

/**
 * The stores that are shared with services and other workers, connected on first use; or else the
 * embedded ones, whose log file it locks while it runs. The clients of the others are not even loaded.
 * @param viewsDiscarded called when the view files were set aside; they have to be built anew
 * @throws EventStoreUnusable the embedded stores are open in another process, damaged or too new
 */
export async function openStores(
  { dataDir, stores }: WorkerPlace,
  log: Log,
  viewsDiscarded: () => void,
): Promise<WorkerStores> {
  if (stores) {
    const [{ EventStoreDbEventStore }, { MongoViewStore }] = await Promise.all([
      import('#event-store/eventstoredb'),
      import('#view-store/mongodb'),
    ]);
    return {
      events: new EventStoreDbEventStore({ url: stores.events }),
      views: new MongoViewStore({ url: stores.views }),
    };
  }
  const [{ SqliteEventStore }, { SqliteViewStore }] = await Promise.all([
    import('#event-store/sqlite'),
    import('#view-store/sqlite'),
  ]);
  return {
    events: await SqliteEventStore.open({ directory: dataDir }),
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
