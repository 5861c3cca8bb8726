/** Injection tokens of the ports that the composition root provides. */
export const EVENT_STORE = Symbol('EventStore');
export const STORED_EVENTS = Symbol('StoredEvents');
export const VIEWS = Symbol('ViewReader');
export const CLOCK = Symbol('Clock');
export const SELECTIONS = Symbol('Selections');
export const REVOCATION_WINDOW = Symbol('RevocationWindow');
export const ENFORCEMENT = Symbol('Enforcement');
export const COMMAND_OBSERVER = Symbol('CommandObserver');
export const DATA_SUBJECTS = Symbol('DataSubjects');

/** `replayed`: it was executed before. `failed`: it was neither executed nor refused by a rule. */
export type CommandEnd = 'done' | 'replayed' | 'refused' | 'failed';

/** Called with the end of a command, and how long it took. It must not throw. */
export type CommandObserver = (type: string, end: CommandEnd, milliseconds: number) => void;

/** Looks up notifications, which follow from other streams' events, in their view. */
export interface Notifications {
  has(account: string, notificationId: string): Promise<boolean>;
}

/** Looks up an account's webhooks in views. */
export interface Webhooks {
  /** How many the account has, according to the view. */
  count(account: string): Promise<number>;
  hasDelivery(webhookId: string, deliveryId: string): Promise<boolean>;
}

/** Why requests may not be sent to a URL, in a sentence; `undefined` where they may. */
export type UrlRefusal = (url: string) => string | undefined;

/** Finds and destroys the keys that personal values are sealed with. */
export interface DataSubjects {
  /** The id of the key for the person that a text of an account names; `undefined` where there is none. */
  find(account: string, text: string): Promise<string | undefined>;
  /** Destroys a key: what was sealed with it cannot be read any more. Idempotent. */
  destroy(key: string): Promise<void>;
  /** Resolves when no process has keys in its cache any more that are destroyed by now. */
  droppedEverywhere(): Promise<void>;
}
