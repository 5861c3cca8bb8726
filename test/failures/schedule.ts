import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../crash/service/random.ts';
import { APPEND_FAULTS, drawQuirks, READ_FAULTS } from '../servers/eventstoredb/index.ts';
import { drawHabits, type Fault } from '../servers/mongodb/index.ts';
import type { FaultyCluster, StoreQuirks } from './faulty-cluster.ts';

/** Injects one fault; resolves when it has ended. */
type FaultAction = (cluster: FaultyCluster, random: Random) => Promise<unknown>;

/** How long a fault lasts, and the pause after it. */
const MIN_FAULT_MS = 50;
const MAX_FAULT_MS = 1_500;
const MAX_QUIET_MS = 300;
/** Longer than a lease lasts, so that a frozen owner loses it. */
const MAX_FREEZE_MS = 7_000;
const MAX_DELAY_MS = 20;

const VIEW_FAULTS: readonly Fault[] = [
  ...[true, false].flatMap((takesEffect): Fault[] => [
    { kind: 'cut', takesEffect },
    { kind: 'error', code: 50, takesEffect },
    { kind: 'error', code: 91, labels: ['RetryableWriteError'], takesEffect },
  ]),
  { kind: 'unacknowledged' },
];

const HANDSHAKES = ['hello', 'ismaster', 'isMaster'];

const faultDuration = (random: Random) => pause(random.between(MIN_FAULT_MS, MAX_FAULT_MS));

const ofTheEventStore: readonly FaultAction[] = [
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
  // A node that was isolated may exit, until it is restarted.
  async ({ events, links }, random) => {
    const index = random.between(0, links.length - 1);
    const node = events.nodes[index];
    links[index]?.silence();
    await faultDuration(random);
    if (node === events.leader) events.moveLeader();
    await node?.stop();
    await links[index]?.heal();
    await faultDuration(random);
    await node?.start();
  },
  async ({ links }, random) => random.oneOf(links).cut(),
  ({ events }, random) => events.restart(random.oneOf(events.nodes)),
  async ({ events }) => events.moveLeader(),
  async (cluster, random) => {
    for (const link of cluster.links) link.refuse();
    await faultDuration(random);
    for (const link of cluster.links) await link.heal();
  },
  async (cluster, random) => {
    for (const link of cluster.links) link.silence();
    await faultDuration(random);
    for (const link of cluster.links) await link.heal();
  },
  async (cluster, random) => {
    for (const link of cluster.links) link.delay(random.between(1, MAX_DELAY_MS));
    await faultDuration(random);
    for (const link of cluster.links) await link.heal();
  },
  async ({ events }, random) => {
    const node = random.oneOf(events.nodes);
    node.ready = false;
    await faultDuration(random);
    node.ready = true;
  },
];

const ofTheViewStore: readonly FaultAction[] = [
  async ({ views }, random) => {
    await views.stop();
    await faultDuration(random);
    await views.start();
  },
  async ({ views }, random) => {
    const often = random.next() / 2;
    views.decide((name) => {
      const isMeant = !HANDSHAKES.includes(name) && random.chance(often);
      return isMeant ? random.oneOf(VIEW_FAULTS) : undefined;
    });
    await faultDuration(random);
    views.decide();
  },
  async ({ views }, random) => {
    const takesEffect = random.chance(0.5);
    views.decide((name) => (HANDSHAKES.includes(name) ? undefined : { kind: 'silence', takesEffect }));
    await pause(MIN_FAULT_MS);
    views.decide();
  },
  async ({ views }, random) => {
    const delay = random.between(1, MAX_DELAY_MS);
    views.decide(() => ({ kind: 'hold', until: pause(delay) }));
    await faultDuration(random);
    views.decide();
  },
];

const ofPrograms: readonly FaultAction[] = [
  ({ services }, random) => random.oneOf(services).crash(),
  ({ workers }, random) => random.oneOf(workers).crash(),
  async ({ services, workers }, random) => {
    const program = await random.oneOf([...services, ...workers]).running();
    await program.freeze(random.between(MIN_FAULT_MS, MAX_FREEZE_MS));
  },
];

/** The quirks of the stores for the whole schedule, drawn from the seed. */
export function quirksFrom(seed: number): StoreQuirks {
  const random = new Random(seed);
  return { events: drawQuirks(random, 0.5), views: drawHabits(random, 0.5) };
}

/**
 * Injects faults into the event store, the view store and the programs, all three at the same time.
 * @param seed of the faults, their times and durations; which calls they hit depends on the machine
 * @param count the number of faults
 */
export async function injectFaults(cluster: FaultyCluster, seed: number, count: number): Promise<void> {
  let begun = 0;
  await Promise.all(
    [ofTheEventStore, ofTheViewStore, ofPrograms].map(async (actions, lane) => {
      const random = new Random(seed + lane);
      while (begun < count) {
        begun += 1;
        await random.oneOf(actions)(cluster, random);
        await pause(random.between(0, MAX_QUIET_MS));
      }
    }),
  );
  await cluster.heal();
}
