import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { KeyEncryption } from './key-encryption.ts';
import type { KeyStore, LiveKey } from './key-store.ts';
import type { SubjectKey } from './sealing.ts';
import { subjectIn } from './subject.ts';

const KEY_BYTES = 32;
const KEY_ID_BYTES = 16;

/** So many keys, and the texts they are of, are kept in memory. */
const KEPT = 10_000;
/** How long they are used before it is asked whether any was destroyed. */
const TRUSTED_MS = 1_000;
/** Timers may fire this much early. */
const MARGIN_MS = 20;
/** How long values are opened with them where nobody answers that: the store's outages are shorter. */
const TRUSTED_UNASKED_MS = 30_000;

/** The subject of the key that tells subjects apart; it is nobody's. */
const INDEX = 'index';

export interface PersonalKeysOptions {
  readonly store: KeyStore;
  readonly encryption: KeyEncryption;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** A key that is destroyed: what was sealed with it is erased. */
export const DESTROYED = Symbol('destroyed');

/** The keys of data subjects, by what is said of them: a data subject is a person as one account names it. */
export class PersonalKeys {
  readonly #store: KeyStore;
  readonly #encryption: KeyEncryption;
  readonly #now: () => number;
  readonly #wait: (milliseconds: number) => Promise<void>;
  readonly #byId = new LRUCache<string, SubjectKey>({ max: KEPT });
  readonly #byText = new LRUCache<string, Promise<SubjectKey>>({ max: KEPT });
  readonly #listeners: (() => void)[] = [];
  #index: Promise<Uint8Array> | undefined;
  #hashKey: Promise<Uint8Array> | undefined;
  #destructions: number | undefined;
  /** The number of times that everything was dropped. */
  #generation = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor({ store, encryption, now = () => performance.now(), wait = setTimeout }: PersonalKeysOptions) {
    this.#store = store;
    this.#encryption = encryption;
    this.#now = now;
    this.#wait = wait;
  }

  /** Called when some key has been destroyed, by whatever process: what was opened with keys is to be forgotten. */
  onDestruction(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The key for values that a text of an account identifies the subject of; durable before it is answered. */
  async sealing(account: string, text: string): Promise<SubjectKey> {
    await this.dropDestroyed();
    const name = JSON.stringify([account, text]);
    const kept = this.#byText.get(name);
    if (kept) return kept;
    const key = this.#claim(account, text);
    this.#byText.set(name, key);
    key.catch(() => this.#byText.delete(name));
    return key;
  }

  /**
   * The keys of these ids. One that is missing has never been in this store.
   * @throws KeyStoreUnavailable
   */
  async opening(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, SubjectKey | typeof DESTROYED>> {
    await this.#ask()?.catch((error) => {
      if (this.#now() - this.#askedAt > TRUSTED_UNASKED_MS) throw error;
    });
    const keys = new Map<string, SubjectKey | typeof DESTROYED>();
    const wanted: string[] = [];
    for (const id of ids) {
      const kept = this.#byId.get(id);
      if (kept) keys.set(id, kept);
      else wanted.push(id);
    }
    if (wanted.length === 0) return keys;
    const generation = this.#generation;
    for (const found of await this.#store.getMany(wanted)) {
      if (found === undefined) continue;
      const { id, wrapped } = found;
      if (wrapped === undefined) {
        keys.set(id, DESTROYED);
        continue;
      }
      const key = { id, bytes: this.#encryption.unwrap(id, wrapped) };
      keys.set(id, key);
      // One that may have been destroyed meanwhile is not kept.
      if (generation === this.#generation) this.#byId.set(id, key);
    }
    return keys;
  }

  /** The id of the key in use for the subject that a text of an account identifies, where there is one. */
  async find(account: string, text: string): Promise<string | undefined> {
    return (await this.#store.current(await this.#subject(account, text)))?.id;
  }

  /**
   * Drops the keys that other processes have destroyed, if their store answers; `undefined` when that was checked less
   * than a second ago.
   */
  dropDestroyed(): Promise<void> | undefined {
    return this.#ask()?.catch(() => undefined);
  }

  /** Resolves when no process uses the keys any more that are destroyed by now. */
  forgottenEverywhere(): Promise<void> {
    return this.#wait(TRUSTED_MS + MARGIN_MS);
  }

  /** Destroys a key, and forgets it here at once. */
  async destroy(id: string): Promise<void> {
    await this.#store.destroy(id);
    this.#forget();
  }

  /** What repeated commands are recognised by: without it nobody can try out what a command may have said. */
  hashKey(): Promise<Uint8Array> {
    this.#hashKey ??= this.#indexKey().then((key) => createHmac('sha256', key).update('commands').digest());
    return this.#hashKey;
  }

  /**
   * Sees that keys can be unwrapped, and wraps with the present key-encryption key whatever is wrapped with a former one.
   * @throws WrongKeyEncryptionKey, KeyStoreUnavailable
   */
  async prepare(): Promise<void> {
    await this.#indexKey();
    if (!this.#encryption.isBeingReplaced) return;
    for (let after = ''; ; ) {
      const records = await this.#store.page(after, PAGE);
      for (const { id, wrapped } of records) {
        if (wrapped === undefined || !this.#encryption.isOutdated(wrapped)) continue;
        await this.#store.rewrap(id, this.#encryption.wrap(id, this.#encryption.unwrap(id, wrapped)));
      }
      const last = records.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  }

  async #claim(account: string, text: string): Promise<SubjectKey> {
    const generation = this.#generation;
    const subject = await this.#subject(account, text);
    const live = (await this.#store.current(subject)) ?? (await this.#store.claim(this.#fresh(subject)));
    const key = this.#unwrapped(live);
    if (generation === this.#generation) this.#byId.set(key.id, key);
    return key;
  }

  #fresh(subject: string): LiveKey {
    const id = randomBytes(KEY_ID_BYTES).toString('base64url');
    return { id, subject, wrapped: this.#encryption.wrap(id, randomBytes(KEY_BYTES)) };
  }

  #unwrapped({ id, wrapped }: LiveKey): SubjectKey {
    return { id, bytes: this.#encryption.unwrap(id, wrapped) };
  }

  /** Says whose a key is without saying who that is. */
  async #subject(account: string, text: string): Promise<string> {
    const named = JSON.stringify([account, subjectIn(text)]);
    return createHmac('sha256', await this.#indexKey())
      .update(named)
      .digest('base64url');
  }

  #indexKey(): Promise<Uint8Array> {
    this.#index ??= this.#claimIndex();
    return this.#index;
  }

  async #claimIndex(): Promise<Uint8Array> {
    try {
      const live = (await this.#store.current(INDEX)) ?? (await this.#store.claim(this.#fresh(INDEX)));
      return this.#unwrapped(live).bytes;
    } catch (error) {
      this.#index = undefined;
      this.#hashKey = undefined;
      throw error;
    }
  }

  /** Whether keys were destroyed meanwhile: all are forgotten then. */
  #ask(): Promise<void> | undefined {
    if (this.#now() - this.#askedAt <= TRUSTED_MS) return undefined;
    this.#asking ??= this.#compare().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #compare(): Promise<void> {
    const begun = this.#now();
    const destructions = await this.#store.destructions();
    if (destructions !== this.#destructions) this.#forget();
    this.#destructions = destructions;
    this.#askedAt = begun;
  }

  #forget(): void {
    this.#generation += 1;
    this.#byId.clear();
    this.#byText.clear();
    for (const listener of this.#listeners) listener();
  }
}

const PAGE = 500;
