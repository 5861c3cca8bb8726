import type { Random } from '../../crash/service/random.ts';
import type { Failing } from './faults.ts';

/** Behaviour of real servers that makes clients' work harder; off by default. */
export interface Quirks {
  /**
   * How long it takes until a write has been replicated. Until then it cannot be read and is not answered, and the
   * same append again is dropped, which its client learns only after the commit time-out.
   */
  readonly replicationMs?: number;
  /** 2,000 by default. */
  readonly commitTimeoutMs?: number;
  /** The delay after which system projections write links to an event; no links by default. */
  readonly projectionsAfterMs?: number;
  /** The interval at which a node writes its statistics; only once by default. */
  readonly statisticsEveryMs?: number;
  /** Whether the appends of a batch that are done at the same time are answered in reverse. */
  readonly answersInReverse?: boolean;
  /** The limit of concurrent calls at one node; further ones are refused. No limit by default. */
  readonly maxCalls?: number;
  /** Appends and reads that fail at random; none by default. */
  readonly failing?: Failing;
  /**
   * How long a leader that is lost stays closed: it closes itself, and somebody has to start it again. By default it
   * goes on as a follower.
   */
  readonly closedWhenLostMs?: number;
  /** How long the first calls of a node take after its start; no longer than others by default. */
  readonly coldForMs?: number;
}

/** Draws the size of each quirk; with a probability below 1, also which of them apply. */
export function drawQuirks(random: Random, likelihood = 1): Quirks {
  const drawn = {
    replicationMs: random.between(1, 15),
    projectionsAfterMs: random.between(0, 30),
    statisticsEveryMs: random.between(5, 100),
    maxCalls: random.between(20, 60),
    answersInReverse: true,
    failing: { likelihood: random.between(1, 20) / 1_000, seed: random.between(0, 2 ** 31 - 1) },
    closedWhenLostMs: random.between(50, 500),
    coldForMs: random.between(10, 500),
  };
  return Object.fromEntries(Object.entries(drawn).filter(() => random.chance(likelihood)));
}
