import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { clusterSettings, startApi, startWorker } from '../../programs/program.ts';
import { delaysOf } from '../changes.ts';
import { seedAccount, seedConnections } from '../connections.ts';
import { type Figure, figure } from '../figures.ts';
import { median, withDirectory } from '../measuring.ts';
import { signIn, withPrograms } from './programs.ts';
import { type Servers, withViews } from './stores.ts';

export interface ChangesSize {
  /** In each turn. */
  readonly commands: number;
  readonly turns: number;
}

/** From each command until a listener of its account at another service is told, by way of a worker's view. */
export async function measureChangeDelay(
  { events, views }: Servers,
  { commands, turns }: ChangesSize,
): Promise<Figure[]> {
  const store = new EventStoreDbEventStore({ url: events });
  try {
    const before = await store.head();
    const account = await seedAccount(store);
    const seeded = await seedConnections(store, commands * (turns + 1), account);
    const delays = await withViews(views, before, (database) =>
      withDirectory((directory) =>
        withPrograms(async (track) => {
          const settings = clusterSettings(events, database, directory);
          const starting = [startApi(settings), startApi(settings), startWorker(settings)];
          const programs = await Promise.all(starting.map(track));
          const [asked, listenedAt] = await signIn(programs.slice(0, 2), account);
          if (asked === undefined || listenedAt === undefined) throw new Error('Two services are needed.');
          const turn = async () => median(await delaysOf(asked, seeded.splice(0, commands), listenedAt));
          await turn();
          const medians: number[] = [];
          for (let n = 0; n < turns; n++) medians.push(await turn());
          return medians;
        }),
      ),
    );
    return [figure('distributed.changes.delay', delays, 'ms')];
  } finally {
    await store.close();
  }
}
