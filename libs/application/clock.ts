import type { Instant } from '#domain/kernel';

/** The time commands are stamped with. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
