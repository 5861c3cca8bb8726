import type { Random } from '../../crash/service/random.ts';

/** What real servers do that a kind one would not; nothing of it by default. */
export interface Habits {
  /**
   * How long it takes until a write has been replicated. Until then nobody can read it, it is not answered, and the
   * same append again is dropped: it is told so only after its commit time-out.
   */
  readonly replicationMs?: number;
  /** 2,000 by default. */
  readonly commitTimeoutMs?: number;
  /** How long after an event the system projections write their links to it; never by default. */
  readonly projectionsAfterMs?: number;
  /** How often a node writes its statistics; only once by default. */
  readonly statisticsEveryMs?: number;
  /** Calls under way at one node; further ones are refused as too many. No limit by default. */
  readonly maxCalls?: number;
}

/** How much of each is up to chance; and, with a likelihood under 1, which of them there are. */
export function drawHabits(random: Random, likelihood = 1): Habits {
  const drawn = {
    replicationMs: random.between(1, 15),
    projectionsAfterMs: random.between(0, 30),
    statisticsEveryMs: random.between(5, 100),
    maxCalls: random.between(20, 60),
  };
  return Object.fromEntries(Object.entries(drawn).filter(() => random.chance(likelihood)));
}
