import { type Clock, systemClock } from '#application/core';
import { AdjustableClock } from '../../adjustable-clock.ts';
import type { WorkerPlace } from '../../worker/config.ts';

/** The clock of the services and workers of a deployment. */
export function clockOf({ development, dataDir }: WorkerPlace): Clock {
  return development ? new AdjustableClock(dataDir) : systemClock;
}
