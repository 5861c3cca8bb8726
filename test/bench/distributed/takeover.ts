import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '#application';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { connectionsProjection } from '#projections/connections';
import { followerOf } from '#subscriptions';
import { MongoViewReader } from '#view-store/mongodb';
import { ownFollowers, type WorkerStatus } from '../../../apps/worker/index.ts';
import { clusterSettings, type Program, startWorker } from '../../programs/program.ts';
import { seedConnections } from '../connections.ts';
import type { Figure } from '../figures.ts';
import { timed, withDirectory } from '../measuring.ts';
import { withPrograms } from './programs.ts';
import { type Servers, withViews } from './stores.ts';

const WAIT_MS = 60_000;
const POLL_INTERVAL_MS = 20;
const FOLLOWER = followerOf(connectionsProjection);

/**
 * From the kill of the worker that runs a projection until its view, run by another one, shows what happened
 * since.
 */
export async function measureTakeover(
  { events, views }: Servers,
  { trials }: { readonly trials: number },
): Promise<Figure[]> {
  const store = new EventStoreDbEventStore({ url: events });
  try {
    const seconds = await withViews(views, await store.head(), (database) =>
      withDirectory((directory) =>
        withPrograms(async (track) => {
          const start = () => track(startWorker(clusterSettings(events, database, directory)));
          const reader = new MongoViewReader({ url: database });
          try {
            return await takeovers(trials, start, () => movedOn(store, reader));
          } finally {
            await reader.close();
          }
        }),
      ),
    );
    return [
      { name: 'distributed.takeover', value: seconds[Math.floor(seconds.length / 2)] ?? 0, unit: 's' },
      { name: 'distributed.takeover.worst', value: seconds.at(-1) ?? 0, unit: 's' },
    ];
  } finally {
    await store.close();
  }
}

/** The durations of the takeovers in seconds, in ascending order. */
async function takeovers(
  trials: number,
  start: () => Promise<Program>,
  viewMovedOn: () => Promise<void>,
): Promise<number[]> {
  const seconds: number[] = [];
  let [owner, other] = await settled(await Promise.all([start(), start()]));
  for (let trial = 1; trial <= trials; trial++) {
    const measured = await timed(1, async () => {
      await owner.end('SIGKILL');
      await viewMovedOn();
    });
    seconds.push(measured.seconds);
    if (trial < trials) [owner, other] = await settled([other, await start()]);
  }
  return seconds.toSorted((a, b) => a - b);
}

/** Waits until every follower has an owner; returns the owner of the measured view. */
async function settled(workers: readonly [Program, Program]): Promise<readonly [Program, Program]> {
  const deadline = performance.now() + WAIT_MS;
  for (;;) {
    const [one, other] = await Promise.all([statusOf(workers[0]), statusOf(workers[1])]);
    const owned = [...one.owned, ...other.owned];
    if (one.ready && other.ready && ownFollowers.every((follower) => owned.includes(follower))) {
      return one.owned.includes(FOLLOWER) ? workers : [workers[1], workers[0]];
    }
    if (performance.now() > deadline) throw new Error(`Only ${owned} have an owner.`);
    await pause(POLL_INTERVAL_MS);
  }
}

async function statusOf({ readyOutput: port }: Program): Promise<WorkerStatus> {
  return (await (await fetch(`http://127.0.0.1:${port}/status`)).json()) as WorkerStatus;
}

/** Appends an event, and waits until the view shows it. */
async function movedOn(store: EventStoreDbEventStore, views: MongoViewReader): Promise<void> {
  await seedConnections(store, 1, newId());
  const shown = await views.waitFor(FOLLOWER, await store.head(), WAIT_MS);
  if (!shown) throw new Error('No worker has taken over.');
}
