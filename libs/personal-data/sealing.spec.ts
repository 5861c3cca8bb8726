import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyIdOf, type SealedValue } from '#contracts';
import { InvalidSealedValue, openValue, type SubjectKey, sealValue } from './sealing.ts';

const keyOf = (id: string): SubjectKey => ({ id, bytes: randomBytes(32) });
const [ann, bob] = [keyOf('ann'), keyOf('bob')];

const places = fc
  .tuple(fc.uuid(), fc.constantFrom('/data/a', '/data/a/b', '/metadata/actor/user'))
  .map(([id, at]) => id + at);

describe('a sealed value', () => {
  it('is opened with the key in the place it was sealed for', () => {
    fc.assert(
      fc.property(places, fc.jsonValue(), (place, value) => {
        const sealed = sealValue(ann, place, JSON.parse(JSON.stringify(value)));
        expect(keyIdOf(sealed)).toBe('ann');
        expect(openValue(ann, place, sealed)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is the same each time, so that an event that is appended again is the same event', () => {
    fc.assert(
      fc.property(places, fc.string(), (place, value) => {
        expect(sealValue(ann, place, value)).toEqual(sealValue(ann, place, value));
      }),
    );
  });

  it('is another one for each key, place and value', () => {
    const differ = (one: SealedValue, other: SealedValue) => {
      const [first, second] = [one, other].map((sealed) => sealed['@sealed'].split('.')[1]);
      // Neither nonce nor ciphertext of the one is found in the other.
      expect(first?.slice(0, 16)).not.toBe(second?.slice(0, 16));
      expect(first?.slice(16)).not.toBe(second?.slice(16));
    };
    differ(sealValue(ann, 'e/data/a', 'text'), sealValue(bob, 'e/data/a', 'text'));
    differ(sealValue(ann, 'e/data/a', 'text'), sealValue(ann, 'e/data/b', 'text'));
    differ(sealValue(ann, 'e/data/a', 'text'), sealValue(ann, 'e/data/a', 'test'));
  });

  it('is refused in another place, and with another key', () => {
    fc.assert(
      fc.property(places, places, (place, other) => {
        fc.pre(place !== other);
        const sealed = sealValue(ann, place, 'text');
        expect(() => openValue(ann, other, sealed)).toThrow(InvalidSealedValue);
        expect(() => openValue(bob, place, sealed)).toThrow(InvalidSealedValue);
      }),
    );
  });

  it('is refused with any byte of it altered', () => {
    const sealed = sealValue(ann, 'e/data/a', 'text');
    const bytes = Buffer.from(sealed['@sealed'].slice('ann.'.length), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] as number) ^ 1;
      const value = { '@sealed': `ann.${altered.toString('base64url')}` };
      expect(() => openValue(ann, 'e/data/a', value)).toThrow(InvalidSealedValue);
    }
    expect(() => openValue(ann, 'e/data/a', { '@sealed': 'ann.' })).toThrow(InvalidSealedValue);
  });

  it('shows nothing of the value, and no more than its length', () => {
    const { '@sealed': text } = sealValue(ann, 'e/data/a', 'Ann Janssens');
    expect(Buffer.from(text.slice(4), 'base64url').toString('latin1')).not.toContain('Janssens');
    expect(text.length).toBe(sealValue(bob, 'e/data/b', 'Bob Peetersx')['@sealed'].length);
  });
});
