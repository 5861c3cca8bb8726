// Seals a value for its place with AES-256-GCM. The same value in the same place is sealed the same way each time, so that
// an event that is appended again is the same event.
import { createCipheriv, createDecipheriv, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { keyIdOf, type Place, type SealedValue } from '#contracts';
import type { Json } from '#event-store';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key of a data subject. */
export interface SubjectKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A sealed value was altered or moved. */
export class InvalidSealedValue extends Error {
  override readonly name = 'InvalidSealedValue';
  constructor(place: Place, cause: unknown) {
    super(`The sealed value at ${place} was altered or moved.`, { cause });
  }
}

export function sealValue(key: SubjectKey, place: Place, value: Json): SealedValue {
  const text = Buffer.from(JSON.stringify(value));
  const ofPlace = keyedHash(key.bytes, Buffer.from(place));
  // Derived from the value too, so that no nonce is used for two values.
  const nonce = keyedHash(ofPlace, text).subarray(0, NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyObject(ofPlace), nonce).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return { '@sealed': `${key.id}.${sealed.toString('base64url')}` };
}

/** @throws InvalidSealedValue */
export function openValue(key: SubjectKey, place: Place, sealed: SealedValue): Json {
  try {
    const bytes = Buffer.from(sealed['@sealed'].slice(keyIdOf(sealed).length + 1), 'base64url');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const ofPlace = keyedHash(key.bytes, Buffer.from(place));
    const decipher = createDecipheriv(CIPHER, keyObject(ofPlace), nonce);
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString());
  } catch (error) {
    throw new InvalidSealedValue(place, error);
  }
}

/** A cipher takes bytes too, but finds out by an exception that they are no `KeyObject`, which takes longer than to seal. */
function keyObject(bytes: Uint8Array): KeyObject {
  return createSecretKey(bytes);
}

/** A keyed hash. SHA-512/256 is not open to length extension. */
export function keyedHash(key: Uint8Array, text: Uint8Array): Buffer {
  return hash('sha512-256', Buffer.concat([key, text]), 'buffer');
}
