import type { TransferLevel } from '#domain/share';

/** Injection tokens: what the composition root gives the handlers. */
export const EVENT_STORE = Symbol('EventStore');
export const VIEWS = Symbol('ViewReader');
export const CLOCK = Symbol('Clock');
export const SELECTIONS = Symbol('Selections');
export const REVOCATION_WINDOW = Symbol('RevocationWindow');
export const ENFORCEMENT = Symbol('Enforcement');

/** Some of the installations a selection may mean: one selected thing after the other, in the order of their ids. */
export interface Candidates {
  readonly installations: readonly string[];
  /** Where the next page begins. */
  readonly next?: string;
}

/** Finds what stands below a selection; whether it may be shared is judged from replayed installations. */
export interface Selections {
  candidates(
    account: string,
    level: TransferLevel,
    selection: readonly string[],
    after?: string,
  ): Promise<Candidates>;
}

/** Knows what accounts were told; notifications follow from other streams' events and are found in their view. */
export interface Notifications {
  has(account: string, notificationId: string): Promise<boolean>;
}
