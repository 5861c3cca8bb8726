/** Injection tokens: what the composition root gives the handlers. */
export const EVENT_STORE = Symbol('EventStore');
export const STORED_EVENTS = Symbol('StoredEvents');
export const VIEWS = Symbol('ViewReader');
export const CLOCK = Symbol('Clock');
export const SELECTIONS = Symbol('Selections');
export const REVOCATION_WINDOW = Symbol('RevocationWindow');
export const ENFORCEMENT = Symbol('Enforcement');
export const COMMAND_OBSERVER = Symbol('CommandObserver');
export const DATA_SUBJECTS = Symbol('DataSubjects');

/** `replayed`: it had been taken before. `failed`: it was neither carried out nor refused by a rule. */
export type CommandEnd = 'done' | 'replayed' | 'refused' | 'failed';

/** Is told what became of a command, and how long that took. It must not throw. */
export type CommandObserver = (type: string, end: CommandEnd, milliseconds: number) => void;

/** Knows what accounts were told; notifications follow from other streams' events and are found in their view. */
export interface Notifications {
  has(account: string, notificationId: string): Promise<boolean>;
}

/** Knows what there is of an account's webhooks, by views. */
export interface Webhooks {
  /** How many the account has, as far as the view has come. */
  count(account: string): Promise<number>;
  hasDelivery(webhookId: string, deliveryId: string): Promise<boolean>;
}

/** Why nothing is ever sent to a URL, in a sentence; `undefined` where it may be. */
export type UrlRefusal = (url: string) => string | undefined;

/** Knows the keys that personal values are sealed with, by whom the values tell of. */
export interface DataSubjects {
  /** The id of the key for the person that a text of an account names; `undefined` where nothing is sealed of it. */
  find(account: string, text: string): Promise<string | undefined>;
  /** Destroys a key: what was sealed with it cannot be read any more. Again it changes nothing. */
  destroy(key: string): Promise<void>;
  /** Resolves when no process uses the keys any more that are destroyed by now. */
  droppedEverywhere(): Promise<void>;
}
