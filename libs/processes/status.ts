import type { Instant } from '#domain/kernel';
import { type FollowerStatus, standby } from '#subscriptions';
import type { StepResult } from './process-manager.ts';

/** The follower that turns events into work; readers may wait for it by this name. */
export const PROCESSES = 'processes';

/** The state of open work. */
export type WorkState = 'ready' | 'running' | 'waiting' | 'stuck';

export type StepEnd = Extract<StepResult, string> | 'failed';

export interface OpenWork {
  readonly process: string;
  readonly key: string;
  readonly state: WorkState;
  /** When the event that caused it happened. */
  readonly since: Instant;
  /** Failures in a row. */
  readonly failures: number;
  /** The reason of the last failure. */
  readonly reason?: string;
}

export interface ProcessesStatus {
  readonly follower: FollowerStatus;
  readonly open: Readonly<Record<WorkState, number>>;
  /** By process, how often steps have ended in each way since the start here. */
  readonly steps: Readonly<Record<string, Readonly<Record<StepEnd, number>>>>;
  /** Work whose last step failed; the longest open first, at most 100. */
  readonly troubled: readonly OpenWork[];
}

/** The status of processes that another worker runs. */
export const processesStandby: ProcessesStatus = {
  follower: standby(PROCESSES),
  open: { ready: 0, running: 0, waiting: 0, stuck: 0 },
  steps: {},
  troubled: [],
};
