// Finds the intervals that contain a moment, by a few ranges of an index that hold no other: the relational interval
// tree (Kriegel, Pötke, Seidl: Managing Intervals Efficiently in Object-Relational Databases, VLDB 2000). Time is a
// binary tree of slots; each interval is kept at its fork, the node at which its beginning and its end part.
import { type Instant, toMillis } from '#domain/kernel';

/** Some 17 minutes: what begins and ends within one is kept at the slot itself. */
const SLOT_MS = 2 ** 20;

/** The levels of the tree: enough for every moment that can be written with four digits for the year. */
const LEVELS = 29;

/** The number of the fork at which an interval is kept. */
export function forkOf(since: Instant, until: Instant): number {
  const [from, to] = [slotOf(since), slotOf(until)];
  if (from >= to) return withinSlot(from);
  // The number after `from`, up to `to`, that is divisible by the highest power of two.
  let fork = to;
  for (let step = 2; to - (to % step) > from; step *= 2) fork = to - (to % step);
  return fork;
}

/** Every fork at which an interval that contains the moment can be kept. */
export interface ForksAround {
  /** Intervals at these have begun before the moment: it is in those that end after it. */
  readonly before: readonly number[];
  /** Intervals at these end after the moment: it is in those that begin before it. */
  readonly after: readonly number[];
  /** Of intervals here both ends have to be compared. */
  readonly within: number;
}

export function forksAround(moment: Instant): ForksAround {
  const slot = slotOf(moment);
  const before = new Set<number>();
  const after = new Set<number>();
  for (let level = 0, step = 1; level < LEVELS; level++, step *= 2) {
    const fork = slot - (slot % step);
    if (fork > 0) before.add(fork);
    after.add(fork + step);
  }
  return { before: [...before], after: [...after], within: withinSlot(slot) };
}

function slotOf(moment: Instant): number {
  return Math.max(0, Math.floor(toMillis(moment) / SLOT_MS));
}

/** Between the numbers of the forks. */
function withinSlot(slot: number): number {
  return slot + 0.5;
}
