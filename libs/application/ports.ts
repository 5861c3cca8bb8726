/** Injection tokens: what the composition root gives the handlers. */
export const EVENT_STORE = Symbol('EventStore');
export const VIEWS = Symbol('ViewReader');
export const CLOCK = Symbol('Clock');
export const SELECTIONS = Symbol('Selections');
export const REVOCATION_WINDOW = Symbol('RevocationWindow');
export const ENFORCEMENT = Symbol('Enforcement');

/** Knows what accounts were told; notifications follow from other streams' events and are found in their view. */
export interface Notifications {
  has(account: string, notificationId: string): Promise<boolean>;
}
