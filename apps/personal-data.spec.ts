import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newKeyEncryptionKey } from '#personal-data';
import { Environment, InvalidConfig } from './environment.ts';
import { UnsafeKey } from './key-file.ts';
import { keyEncryptionIn, readKeyEncryption } from './personal-data.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'key-encryption-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the key-encryption key', () => {
  const path = () => join(folder, 'data', 'key-encryption.key');
  const load = () => keyEncryptionIn(join(folder, 'data'), undefined);
  const read = (variables: Record<string, string>, needed: boolean) => {
    const env = new Environment(variables);
    return env.checked({ keys: readKeyEncryption(env, needed) }).keys;
  };

  it('is made at the first start, for its owner only, and kept', () => {
    const key = load();
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readFileSync(path(), 'utf8')).toBe(key);
    expect(load()).toBe(key);
  });

  it('that others may read, or that is invalid, prevents the start, and is not repeated', () => {
    load();
    chmodSync(path(), 0o640);
    expect(load).toThrow(UnsafeKey);
    chmodSync(path(), 0o600);
    writeFileSync(path(), 'no-such-key');
    expect(load).toThrow(UnsafeKey);
    expect(load).not.toThrow('no-such-key');
  });

  it('is taken from the environment where it names one', () => {
    const key = newKeyEncryptionKey();
    expect(read({ KEY_ENCRYPTION_KEY: key }, true)).toBe(key);
    expect(keyEncryptionIn(folder, key)).toBe(key);
    expect(read({}, false)).toBeUndefined();
  });

  it('is asked for where stores are shared, and named when it is wrong', () => {
    expect(() => read({}, true)).toThrow(/KEY_ENCRYPTION_KEY must/);
    expect(() => read({ KEY_ENCRYPTION_KEY: 'short' }, true)).toThrow(InvalidConfig);
    expect(() => read({ KEY_ENCRYPTION_KEY: 'short' }, false)).toThrow(/KEY_ENCRYPTION_KEY: /);
  });
});
