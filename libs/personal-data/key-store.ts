import { EventStoreUnavailable } from '#event-store';

/** A key of one data subject, as it is stored: wrapped with a key that the store never has. */
export interface StoredKey {
  /** Random, and never used for another key. */
  readonly id: string;
  /** `undefined` once it is destroyed: then only its id is left. */
  readonly wrapped: string | undefined;
}

/** A key that has not been destroyed, with its subject. */
export interface LiveKey {
  readonly id: string;
  /** Identifies the subject without revealing who it is. */
  readonly subject: string;
  readonly wrapped: string;
}

/** The subject of a key that still opens what it sealed, while its subject uses another one. */
export const NOBODY = '';

/** Everything that is stored of a key. */
export type KeyRecord =
  | LiveKey
  | { readonly id: string; readonly subject: undefined; readonly wrapped: undefined };

/**
 * Stores the keys of data subjects, durably. Without it everything that was sealed
 * with them is lost.
 */
export interface KeyStore {
  /** The subject's key in use: the one given, where there was none. Of several at once, one wins. */
  claim(key: LiveKey): Promise<LiveKey>;
  /** The subject's key in use. */
  current(subject: string): Promise<LiveKey | undefined>;
  /** In the order of the ids; `undefined` where there has never been one. */
  getMany(ids: readonly string[]): Promise<readonly (StoredKey | undefined)[]>;
  /**
   * Destroys a key permanently, also one that a backup might restore. Its subject has none from then on, until it gets
   * another one. Nothing happens where it is destroyed already.
   */
  destroy(id: string): Promise<void>;
  /** Changes with each destruction: cached keys must be dropped then. */
  destructions(): Promise<number>;
  /** Replaces the wrapped form of a key, unless it has been destroyed meanwhile. */
  rewrap(id: string, wrapped: string): Promise<void>;
  /** The records after an id, at most `limit` of them, in the order of the ids. */
  page(after: string, limit: number): Promise<readonly KeyRecord[]>;
  /**
   * Adds records of another store. A key that is destroyed in either store is destroyed.
   */
  restore(records: readonly KeyRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** The store of the keys cannot answer now. Nothing that needs a key was recorded; a retry is safe. */
export class KeyStoreUnavailable extends EventStoreUnavailable {
  override readonly name = 'KeyStoreUnavailable';
}
