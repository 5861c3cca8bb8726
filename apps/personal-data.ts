// The key-encryption key, which wraps the keys of data subjects and is in no store.
import { join } from 'node:path';
import {
  KeyEncryption,
  type KeyStore,
  newKeyEncryptionKey,
  PersonalKeys,
  WrongKeyEncryptionKey,
} from '#personal-data';
import type { Environment } from './environment.ts';
import { keysInFile, UnsafeKey } from './key-file.ts';

/**
 * Key-encryption keys, as text; `undefined` where the environment names none: they are then stored beside the data.
 * @param needed whether nothing can be done without, because the stores are shared
 */
export function readKeyEncryption(env: Environment, needed: boolean): string | undefined {
  const keys = env.optional('KEY_ENCRYPTION_KEY');
  if (keys === undefined && needed) {
    env.fault(
      'KEY_ENCRYPTION_KEY must be given when the stores are shared: 32 random bytes in base64, the same for all.',
    );
  }
  if (keys !== undefined) checked(keys, (reason) => env.fault(`KEY_ENCRYPTION_KEY: ${reason}`));
  return keys;
}

/**
 * Those of the environment, or else those stored beside the data.
 * @throws UnsafeKey others than the owner may read the file, or it does not hold keys
 */
export function keyEncryptionIn(dataDir: string, keys: string | undefined): string {
  if (keys !== undefined) return keys;
  const path = join(dataDir, 'key-encryption.key');
  const stored = keysInFile(path, () => `${newKeyEncryptionKey()}\n`);
  checked(stored, (reason) => {
    throw new UnsafeKey(`${path}: ${reason}`);
  });
  return stored;
}

/** @param text key-encryption keys; without them personal data can be neither read nor recorded */
export function personalKeys(store: KeyStore, text: string | undefined): PersonalKeys {
  const encryption = text === undefined ? KeyEncryption.missing() : KeyEncryption.parse(text);
  return new PersonalKeys({ store, encryption });
}

function checked(keys: string, fault: (reason: string) => void): void {
  try {
    KeyEncryption.parse(keys);
  } catch (error) {
    if (!(error instanceof WrongKeyEncryptionKey)) throw error;
    fault(error.message);
  }
}
