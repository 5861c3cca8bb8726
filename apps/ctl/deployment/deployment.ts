import type { Clock } from '#application/core';
import type { EventReader } from '#event-store';
import type { KeyStore } from '#personal-data';
import type { Leases, ViewReader } from '#view-store';
import type { AdminOperations } from '../../admin/operations.ts';
import type { WorkerPlace } from '../../worker/config.ts';
import type { WorkerStatus } from '../../worker/index.ts';

/**
 * What the environment names, as operators' commands meet it: `running`, a process that has the embedded stores open;
 * `stopped`, embedded stores that none has open; `shared`, stores that any number of processes work on.
 */
export interface Deployment {
  readonly kind: 'running' | 'stopped' | 'shared';
  readonly settings: WorkerPlace;
  /** The time as the service tells it, which in development may have been moved. */
  readonly clock: Clock;
  /** With its personal values opened. */
  readonly events: EventReader;
  /** The same as it is recorded. */
  readonly recorded: EventReader;
  /** The keys of data subjects. */
  readonly keyStore: KeyStore;
  /** The views as they are stored, under the names of their versions. */
  readonly stored: ViewReader;
  /** Who runs which follower, where several may. */
  readonly leases?: Leases;
  /** By how many milliseconds the clock of a store's server is ahead of this machine's, where that can be asked. */
  readonly clockAhead?: () => Promise<number>;
  /** What the process that runs all followers knows of them; nothing where there is no such process. */
  status(): Promise<WorkerStatus | undefined>;
  /** @throws CannotBeDone nobody is there to carry it out */
  readonly operations: Omit<AdminOperations, 'status'>;
  close(): Promise<void>;
}
