// Wraps the keys of data subjects with a key that is kept apart from all stored data.
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_LENGTH = 11;
const NONE = 'KEY_ENCRYPTION_KEY is not given: personal data can be neither read nor recorded.';

/** The key-encryption keys cannot be used, or are not those that a key was wrapped with. The message holds none of them. */
export class WrongKeyEncryptionKey extends Error {
  override readonly name = 'WrongKeyEncryptionKey';
}

/** A new key-encryption key, as text. */
export function newKeyEncryptionKey(): string {
  return randomBytes(KEY_BYTES).toString('base64');
}

/** Wraps with the first of its keys, and unwraps with each: while one is replaced, the former one comes after it. */
export class KeyEncryption {
  readonly #keys: ReadonlyMap<string, KeyObject>;
  readonly #first: string | undefined;

  private constructor(keys: readonly Uint8Array[]) {
    this.#keys = new Map(keys.map((key) => [idOf(key), createSecretKey(key)]));
    this.#first = keys[0] === undefined ? undefined : idOf(keys[0]);
  }

  /**
   * The keys of a text, each 32 bytes in base64, one a line or separated by spaces.
   * @throws WrongKeyEncryptionKey there is none, or one is no such key
   */
  static parse(text: string): KeyEncryption {
    const keys = text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => Buffer.from(word, 'base64'));
    if (keys.length === 0) throw new WrongKeyEncryptionKey('There is no key.');
    if (keys.some((key) => key.length !== KEY_BYTES)) {
      throw new WrongKeyEncryptionKey(`A key is ${KEY_BYTES} random bytes in base64.`);
    }
    return new KeyEncryption(keys);
  }

  /** Without keys: everything that needs one fails. */
  static missing(): KeyEncryption {
    return new KeyEncryption([]);
  }

  /** Whether there is a former key, with which keys may still be wrapped. */
  get isBeingReplaced(): boolean {
    return this.#keys.size > 1;
  }

  /** @throws WrongKeyEncryptionKey there is none */
  wrap(id: string, key: Uint8Array): string {
    const wrapping = this.#keys.get(this.#first ?? '');
    if (wrapping === undefined) throw new WrongKeyEncryptionKey(NONE);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, wrapping, nonce).setAAD(Buffer.from(id));
    const wrapped = Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return `${this.#first}.${wrapped.toString('base64url')}`;
  }

  /** @throws WrongKeyEncryptionKey it was wrapped with another key, or for another id */
  unwrap(id: string, wrapped: string): Uint8Array {
    const key = this.#keys.get(wrapped.slice(0, ID_LENGTH));
    if (this.#first === undefined) throw new WrongKeyEncryptionKey(NONE);
    if (key === undefined) {
      throw new WrongKeyEncryptionKey(
        'The keys of data subjects are wrapped with another key-encryption key.',
      );
    }
    const bytes = Buffer.from(wrapped.slice(ID_LENGTH + 1), 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(id));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (error) {
      throw new WrongKeyEncryptionKey('The key of a data subject is not what was wrapped.', { cause: error });
    }
  }

  /** Whether it is wrapped with a former key. */
  isOutdated(wrapped: string): boolean {
    return !wrapped.startsWith(`${this.#first}.`);
  }
}

/** Identifies a key without revealing it. */
function idOf(key: Uint8Array): string {
  return hash('sha256', key, 'base64url').slice(0, ID_LENGTH);
}
