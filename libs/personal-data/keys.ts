import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { KeyEncryption } from './key-encryption.ts';
import type { KeyStore, LiveKey } from './key-store.ts';
import type { SubjectKey } from './sealing.ts';
import { subjectIn } from './subject.ts';

const KEY_BYTES = 32;
const KEY_ID_BYTES = 16;

/** How many keys are cached, and how many texts with their keys. */
const KEPT = 10_000;
/** How long cached keys are used before the store is checked for destroyed ones. */
const TRUSTED_MS = 1_000;
/** Timers may fire this much early. */
const MARGIN_MS = 20;
/** How long cached keys open values while the store cannot be checked: its outages are shorter. */
const TRUSTED_WITHOUT_CHECK_MS = 30_000;

/** The subject of the key by which subjects are identified; it belongs to nobody. */
const INDEX = 'index';

export interface PersonalKeysOptions {
  readonly store: KeyStore;
  readonly encryption: KeyEncryption;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** In place of a key that is destroyed: what was sealed with it is erased. */
export const DESTROYED = Symbol('destroyed');

/** The keys of data subjects, by the texts that name them: a data subject is a person as one account names it. */
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
  /** How often all cached keys were dropped. */
  #generation = 0;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #checking: Promise<void> | undefined;

  constructor({ store, encryption, now = () => performance.now(), wait = setTimeout }: PersonalKeysOptions) {
    this.#store = store;
    this.#encryption = encryption;
    this.#now = now;
    this.#wait = wait;
  }

  /** Calls `listener` when a key has been destroyed, by any process: opened values must not be used any more. */
  onDestruction(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The key for the subject that a text of an account identifies; stored before it is returned. */
  async sealingKey(account: string, text: string): Promise<SubjectKey> {
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
   * The keys with these ids. One that is missing has never been in this store.
   * @throws KeyStoreUnavailable
   */
  async openingKeys(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, SubjectKey | typeof DESTROYED>> {
    await this.#checkDestructions()?.catch((error) => {
      if (this.#now() - this.#checkedAt > TRUSTED_WITHOUT_CHECK_MS) throw error;
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
      // Not cached if it may have been destroyed meanwhile.
      if (generation === this.#generation) this.#byId.set(id, key);
    }
    return keys;
  }

  /** The id of the key in use for the subject that a text of an account identifies, where there is one. */
  async find(account: string, text: string): Promise<string | undefined> {
    return (await this.#store.current(await this.#subject(account, text)))?.id;
  }

  /**
   * Drops cached keys that other processes have destroyed, if the store answers; `undefined` when that was checked less
   * than a second ago.
   */
  dropDestroyed(): Promise<void> | undefined {
    return this.#checkDestructions()?.catch(() => undefined);
  }

  /** Resolves when no process has keys in its cache any more that are destroyed by now. */
  droppedEverywhere(): Promise<void> {
    return this.#wait(TRUSTED_MS + MARGIN_MS);
  }

  /** Destroys a key, and drops it from the cache at once. */
  async destroy(id: string): Promise<void> {
    await this.#store.destroy(id);
    this.#dropAll();
  }

  /** The key of the hashes by which repeated commands are recognised: without it their contents cannot be guessed. */
  hashKey(): Promise<Uint8Array> {
    this.#hashKey ??= this.#indexKey().then((key) => createHmac('sha256', key).update('commands').digest());
    return this.#hashKey;
  }

  /**
   * Checks that keys can be unwrapped, and rewraps those that are wrapped with a former key-encryption key.
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
    const live = (await this.#store.current(subject)) ?? (await this.#store.claim(this.#newKey(subject)));
    const key = this.#unwrapped(live);
    if (generation === this.#generation) this.#byId.set(key.id, key);
    return key;
  }

  #newKey(subject: string): LiveKey {
    const id = randomBytes(KEY_ID_BYTES).toString('base64url');
    return { id, subject, wrapped: this.#encryption.wrap(id, randomBytes(KEY_BYTES)) };
  }

  #unwrapped({ id, wrapped }: LiveKey): SubjectKey {
    return { id, bytes: this.#encryption.unwrap(id, wrapped) };
  }

  /** Identifies the subject of a key without revealing who it is. */
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
      const live = (await this.#store.current(INDEX)) ?? (await this.#store.claim(this.#newKey(INDEX)));
      return this.#unwrapped(live).bytes;
    } catch (error) {
      this.#index = undefined;
      this.#hashKey = undefined;
      throw error;
    }
  }

  /** Drops all cached keys if any was destroyed since the last check. */
  #checkDestructions(): Promise<void> | undefined {
    if (this.#now() - this.#checkedAt <= TRUSTED_MS) return undefined;
    this.#checking ??= this.#compare().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #compare(): Promise<void> {
    const startedAt = this.#now();
    const destructions = await this.#store.destructions();
    if (destructions !== this.#destructions) this.#dropAll();
    this.#destructions = destructions;
    this.#checkedAt = startedAt;
  }

  #dropAll(): void {
    this.#generation += 1;
    this.#byId.clear();
    this.#byText.clear();
    for (const listener of this.#listeners) listener();
  }
}

const PAGE = 500;
