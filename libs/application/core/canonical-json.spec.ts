import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

/** The same value, with the members of every object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, part]) => [name, turned(part)]),
  );
}

describe('canonical JSON', () => {
  it('is the same whatever the order of members', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('says what the value says, and nothing less', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is written as it always was, for it is stored as a hash', () => {
    const value = {
      b: [{ d: null, c: undefined }, undefined],
      a: 'ä',
      10: 1,
      9: 2,
      ['__proto__']: { z: 1, y: 2 },
    };
    expect(canonicalJson(value)).toBe(
      '{"9":2,"10":1,"__proto__":{"y":2,"z":1},"a":"ä","b":[{"d":null},null]}',
    );
  });

  it('keeps the order of lists', () => {
    expect(canonicalJson([2, 1])).not.toBe(canonicalJson([1, 2]));
  });
});
