import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../crash/service/random.ts';
import { type AppendFault, drawHabits, type Habits, type ReadFault } from '../servers/eventstoredb/index.ts';
import { DROPS_OF_NOTHING, type Mishap, type MongoServerOptions } from '../servers/mongodb/index.ts';
import type { FrailCluster } from './frail-cluster.ts';

/** One thing that goes wrong, until it is over. */
type Trouble = (cluster: FrailCluster, random: Random) => Promise<unknown>;

/** How long one thing lasts, and how long it is quiet after it. */
const SHORTEST_MS = 50;
const LONGEST_MS = 1_500;
const LONGEST_QUIET_MS = 300;
/** Longer than an owner may stand still without losing what it owns. */
const LONGEST_FREEZE_MS = 7_000;
const LONGEST_DELAY_MS = 20;

const APPEND_FAULTS: readonly AppendFault[] = (['before', 'after'] as const).flatMap((when) =>
  (['cut', 'silence', 'not-ready', 'timeout', 'busy', 'leader-lost'] as const).map((how) => ({ when, how })),
);

const READ_FAULTS: readonly ReadFault[] = ['cut', 'silence', 'not-ready', 'busy'];

const VIEW_MISHAPS: readonly Mishap[] = [
  ...[true, false].flatMap((takesEffect): Mishap[] => [
    { kind: 'cut', takesEffect },
    { kind: 'error', code: 50, takesEffect },
    { kind: 'error', code: 91, labels: ['RetryableWriteError'], takesEffect },
  ]),
  { kind: 'unacknowledged' },
];

const HANDSHAKES = ['hello', 'ismaster', 'isMaster'];

const lasting = (random: Random) => pause(random.between(SHORTEST_MS, LONGEST_MS));

const ofTheEventStore: readonly Trouble[] = [
  async ({ events }, random) => {
    const count = random.between(1, 5);
    events.faults.plan(...Array.from({ length: count }, () => random.oneOf(APPEND_FAULTS)));
  },
  async ({ events }, random) => {
    const count = random.between(1, 5);
    events.faults.planReads(...Array.from({ length: count }, () => random.oneOf(READ_FAULTS)));
  },
  async ({ events }, random) => events.loseLeader({ truncates: random.chance(0.5) }),
  async ({ events }, random) => random.oneOf(events.nodes).reset(),
  // Cut off for a while, a node may close itself for good, until somebody starts it again.
  async ({ events, links }, random) => {
    const index = random.between(0, links.length - 1);
    const node = events.nodes[index];
    links[index]?.silence();
    await lasting(random);
    if (node === events.leader) events.moveLeader();
    await node?.stop();
    await links[index]?.heal();
    await lasting(random);
    await node?.start();
  },
  async ({ links }, random) => random.oneOf(links).cut(),
  ({ events }, random) => events.restart(random.oneOf(events.nodes)),
  async ({ events }) => events.moveLeader(),
  async (cluster, random) => {
    for (const link of cluster.links) link.refuse();
    await lasting(random);
    for (const link of cluster.links) await link.heal();
  },
  async (cluster, random) => {
    for (const link of cluster.links) link.silence();
    await lasting(random);
    for (const link of cluster.links) await link.heal();
  },
  async (cluster, random) => {
    for (const link of cluster.links) link.delay(random.between(1, LONGEST_DELAY_MS));
    await lasting(random);
    for (const link of cluster.links) await link.heal();
  },
  async ({ events }, random) => {
    const node = random.oneOf(events.nodes);
    node.ready = false;
    await lasting(random);
    node.ready = true;
  },
];

const ofTheViewStore: readonly Trouble[] = [
  async ({ views }, random) => {
    await views.stop();
    await lasting(random);
    await views.start();
  },
  async ({ views }, random) => {
    const often = random.next() / 2;
    views.decide((name) => {
      const isMeant = !HANDSHAKES.includes(name) && random.chance(often);
      return isMeant ? random.oneOf(VIEW_MISHAPS) : undefined;
    });
    await lasting(random);
    views.decide();
  },
  async ({ views }, random) => {
    const takesEffect = random.chance(0.5);
    views.decide((name) => (HANDSHAKES.includes(name) ? undefined : { kind: 'silence', takesEffect }));
    await pause(SHORTEST_MS);
    views.decide();
  },
  async ({ views }, random) => {
    const delay = random.between(1, LONGEST_DELAY_MS);
    views.decide(() => ({ kind: 'hold', until: pause(delay) }));
    await lasting(random);
    views.decide();
  },
];

const ofPrograms: readonly Trouble[] = [
  ({ services }, random) => random.oneOf(services).crash(),
  ({ workers }, random) => random.oneOf(workers).crash(),
  async ({ services, workers }, random) => {
    const program = await random.oneOf([...services, ...workers]).running();
    await program.freeze(random.between(SHORTEST_MS, LONGEST_FREEZE_MS));
  },
];

/** What the stores do all the time that real ones do: some of it, or all, as the seed says. */
export function habitsFrom(seed: number): Habits & MongoServerOptions {
  const random = new Random(seed);
  return { ...drawHabits(random, 0.5), dropOfNothing: random.oneOf(DROPS_OF_NOTHING) };
}

/**
 * Has things go wrong with the event store, the view store and the programs, all three at the same time.
 * @param seed of what goes wrong, when, and for how long; what it hits is up to the machine
 * @param count how many things go wrong
 */
export async function trouble(cluster: FrailCluster, seed: number, count: number): Promise<void> {
  let begun = 0;
  await Promise.all(
    [ofTheEventStore, ofTheViewStore, ofPrograms].map(async (troubles, lane) => {
      const random = new Random(seed + lane);
      while (begun < count) {
        begun += 1;
        await random.oneOf(troubles)(cluster, random);
        await pause(random.between(0, LONGEST_QUIET_MS));
      }
    }),
  );
  await cluster.heal();
}
