import { newId, systemClock } from '#application';
import { deserialise } from '#contracts';
import type { Position } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { connectionsProjection } from '#projections/connections';
import { SEAL } from '#seal';
import { followerOf, type Log, ProjectionEngine } from '#subscriptions';
import { MongoViewStore } from '#view-store/mongodb';
import { ownFollowers } from '../../../apps/worker/index.ts';
import { Worker, type WorkerPorts } from '../../../apps/worker/worker.ts';
import { seedConnections } from '../connections.ts';
import { type Figure, rate } from '../figures.ts';
import { type Measured, timed } from '../measuring.ts';
import { type Servers, withViews } from './stores.ts';

const AT_ONCE = 64;
const WAIT_MS = 3 * 60_000;
export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a worker follows that has no keys to seal with: sealing takes the log from its first event. */
const followersOfViews = ownFollowers.filter((follower) => follower !== SEAL);

/** The followers measured: projections, or all of a worker. */
interface Following {
  start(): void | Promise<void>;
  stop(): Promise<void>;
}

/** Events that no view reflects yet. */
interface Backlog {
  readonly before: Position;
  readonly head: Position;
  readonly events: number;
}

/**
 * Processing a log of so many connections, four events each: by one projection alone, and by all followers that a
 * worker runs.
 */
export async function measureCatchUp(
  { events, views }: Servers,
  { connections }: { readonly connections: number },
): Promise<Figure[]> {
  const reader = new EventStoreDbEventStore({ url: events });
  try {
    const before = await reader.head();
    await seedConnections(reader, connections, newId(), AT_ONCE);
    const backlog = { before, head: await reader.head(), events: 4 * connections };
    const measure = (followers: readonly string[], open: (ports: WorkerPorts) => Following) =>
      withViews(views, before, (url) => measureFollowing(reader, url, backlog, followers, open));

    const projection = await measure(
      [followerOf(connectionsProjection)],
      (ports) => new ProjectionEngine({ ...ports, deserialise, projections: [connectionsProjection] }),
    );
    const cpuBefore = process.cpuUsage();
    const worker = await measure(followersOfViews, (ports) => new Worker(ports));
    const { user, system } = process.cpuUsage(cpuBefore);
    return [
      rate('distributed.projection.catchUp', [projection], 'events/s'),
      rate('distributed.worker.catchUp', [worker], 'events/s'),
      { name: 'distributed.worker.catchUp.cpu', value: (user + system) / worker.count, unit: 'µs' },
    ];
  } finally {
    await reader.close();
  }
}

async function measureFollowing(
  reader: EventStoreDbEventStore,
  url: string,
  { head, events }: Backlog,
  followers: readonly string[],
  open: (ports: WorkerPorts) => Following,
): Promise<Measured> {
  const views = new MongoViewStore({ url });
  const commands = { send: () => Promise.reject(new Error('No command is expected.')) };
  const following = open({
    reader,
    views,
    commands,
    clock: systemClock,
    log: silent,
    webhooks: { key: Buffer.alloc(32, 2), allowPrivate: false },
  });
  try {
    return await timed(events, async () => {
      await following.start();
      const come = await Promise.all(followers.map((follower) => views.waitFor(follower, head, WAIT_MS)));
      if (come.includes(false)) throw new Error(`Not every view reached ${head}.`);
    });
  } finally {
    await following.stop();
    await views.close();
  }
}
