import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyEncryption, newKeyEncryptionKey, WrongKeyEncryptionKey } from './key-encryption.ts';

const key = randomBytes(32);

describe('a wrapped key', () => {
  it('is unwrapped with what it was wrapped with, as the key it is', () => {
    const encryption = KeyEncryption.parse(newKeyEncryptionKey());
    const wrapped = encryption.wrap('one', key);
    expect(encryption.unwrap('one', wrapped)).toEqual(key);
    expect(() => encryption.unwrap('other', wrapped)).toThrow(WrongKeyEncryptionKey);
    expect(() => encryption.unwrap('one', `${wrapped.slice(0, -4)}AAAA`)).toThrow(WrongKeyEncryptionKey);
    expect(() => KeyEncryption.parse(newKeyEncryptionKey()).unwrap('one', wrapped)).toThrow(
      'wrapped with another key-encryption key',
    );
  });

  it('is unwrapped, and known to be outdated, while its key-encryption key is replaced', () => {
    const [former, present] = [newKeyEncryptionKey(), newKeyEncryptionKey()];
    const wrapped = KeyEncryption.parse(former).wrap('one', key);
    const both = KeyEncryption.parse(`${present}\n${former}\n`);
    expect(both.isBeingReplaced).toBe(true);
    expect(both.unwrap('one', wrapped)).toEqual(key);
    expect(both.isOutdated(wrapped)).toBe(true);
    const anew = both.wrap('one', key);
    expect(both.isOutdated(anew)).toBe(false);
    expect(KeyEncryption.parse(present).unwrap('one', anew)).toEqual(key);
  });
});

describe('key-encryption keys', () => {
  it.each(['', ' \n', 'short', `${newKeyEncryptionKey()} short`, randomBytes(33).toString('base64')])(
    'are refused where they are none, and not repeated: %#',
    (text) => {
      expect(() => KeyEncryption.parse(text)).toThrow(WrongKeyEncryptionKey);
      if (text.trim()) expect(() => KeyEncryption.parse(text)).not.toThrow(text);
    },
  );

  it('that are missing fail where one is needed, saying which setting gives them', () => {
    const wrapped = KeyEncryption.parse(newKeyEncryptionKey()).wrap('one', key);
    expect(() => KeyEncryption.missing().wrap('one', key)).toThrow('KEY_ENCRYPTION_KEY');
    expect(() => KeyEncryption.missing().unwrap('one', wrapped)).toThrow('KEY_ENCRYPTION_KEY');
  });
});
