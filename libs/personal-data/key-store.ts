import { EventStoreUnavailable } from '#event-store';

/** A key of one data subject, as it is kept: wrapped by a key that the store never has. */
export interface StoredKey {
  /** Random, and in use for no other key ever. */
  readonly id: string;
  /** `undefined` once it is destroyed: nothing of it is left then but its id. */
  readonly wrapped: string | undefined;
}

/** A key that has not been destroyed, and whose it is. */
export interface LiveKey {
  readonly id: string;
  /** Tells subjects apart, and does not say who they are. */
  readonly subject: string;
  readonly wrapped: string;
}

/** The subject of a key that opens what it sealed, while another one is in use. */
export const NOBODY = '';

/** All that there is of a key. */
export type KeyRecord =
  | LiveKey
  | { readonly id: string; readonly subject: undefined; readonly wrapped: undefined };

/**
 * Where the keys of data subjects are kept. What it answers is durable. Losing it is losing everything that was sealed
 * with them.
 */
export interface KeyStore {
  /** The key of the subject that is in use; that is the one given where there was none. Of several at once, one wins. */
  claim(key: LiveKey): Promise<LiveKey>;
  /** The key of the subject that is in use. */
  current(subject: string): Promise<LiveKey | undefined>;
  /** In the order of the ids; `undefined` where there never was one. */
  getMany(ids: readonly string[]): Promise<readonly (StoredKey | undefined)[]>;
  /**
   * Destroys a key, for good: also one that a backup might bring back. Its subject has none from then on, until it gets
   * another one. Nothing happens where it is destroyed already.
   */
  destroy(id: string): Promise<void>;
  /** Another number after each destruction: whoever keeps keys forgets them then. */
  destructions(): Promise<number>;
  /** Wraps a key anew that has not been destroyed meanwhile. */
  rewrap(id: string, wrapped: string): Promise<void>;
  /** The records after an id, at most `limit` of them, in the order of the ids. */
  page(after: string, limit: number): Promise<readonly KeyRecord[]>;
  /**
   * Takes over records of another store. What is destroyed here stays so, and what is destroyed there is destroyed here.
   */
  restore(records: readonly KeyRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** The store of the keys cannot answer now. Nothing was recorded that needs one; asking again is safe. */
export class KeyStoreUnavailable extends EventStoreUnavailable {
  override readonly name = 'KeyStoreUnavailable';
}
