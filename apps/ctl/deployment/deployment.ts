import type { Clock } from '#application/core';
import type { EventReader } from '#event-store';
import type { KeyStore } from '#personal-data';
import type { Leases, ViewReader } from '#view-store';
import type { AdminOperations } from '../../admin/operations.ts';
import type { WorkerPlace } from '../../worker/config.ts';
import type { WorkerStatus } from '../../worker/index.ts';

/**
 * The deployment that the environment names: `running`, a process that has the embedded stores open;
 * `stopped`, embedded stores that none has open; `shared`, stores that any number of processes work on.
 */
export interface Deployment {
  readonly kind: 'running' | 'stopped' | 'shared';
  readonly settings: WorkerPlace;
  /** The time of the service, which may have been moved in development. */
  readonly clock: Clock;
  /** With its personal values opened. */
  readonly events: EventReader;
  /** The same with personal values sealed. */
  readonly recorded: EventReader;
  /** The keys of data subjects. */
  readonly keyStore: KeyStore;
  /** Views by their stored names, which include the version. */
  readonly stored: ViewReader;
  /** Who runs which follower, where several may. */
  readonly leases?: Leases;
  /** By how many milliseconds the clock of a store's server is ahead of this machine's, where that can be asked. */
  readonly clockAhead?: () => Promise<number>;
  /** The status of the process that runs all followers; `undefined` where there is no such process. */
  status(): Promise<WorkerStatus | undefined>;
  /** @throws CannotBeDone no process can execute it */
  readonly operations: Omit<AdminOperations, 'status'>;
  close(): Promise<void>;
}
