import type { EventStore } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import type { Log } from '#subscriptions';
import type { ViewStore } from '#view-store';
import { MongoViewStore } from '#view-store/mongodb';
import { SqliteViewStore } from '#view-store/sqlite';
import type { WorkerPlace } from './config.ts';
import { viewsPath } from './paths.ts';

/** The stores of a worker that runs by itself. */
export interface WorkerStores {
  readonly events: EventStore;
  readonly views: ViewStore;
}

/**
 * The stores that are shared with services and other workers, connected on first use; or else the
 * embedded ones, whose log file it locks while it runs.
 * @param viewsDiscarded called when the view files were set aside; they have to be built anew
 * @throws EventStoreUnusable the embedded stores are open in another process, damaged or too new
 */
export async function openStores(
  { dataDir, stores }: WorkerPlace,
  log: Log,
  viewsDiscarded: () => void,
): Promise<WorkerStores> {
  if (stores) {
    return {
      events: new EventStoreDbEventStore({ url: stores.events }),
      views: new MongoViewStore({ url: stores.views }),
    };
  }
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
