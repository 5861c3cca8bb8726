import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeKey, keyRange, sortKey } from './keys.ts';
import type { Key } from './port.ts';

/** As stores compare: byte by byte. */
function order(a: Key, b: Key): number {
  return Buffer.compare(Buffer.from(encodeKey(a)), Buffer.from(encodeKey(b)));
}

function isFound(key: Key, query: Parameters<typeof keyRange>[0]): boolean {
  const { low, high } = keyRange(query);
  const encoded = Buffer.from(encodeKey(key));
  return encoded.compare(Buffer.from(low)) >= 0 && encoded.compare(Buffer.from(high)) < 0;
}

/** Characters around those that the encoding reserves are drawn as often as all others together. */
const character = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom('\u0000', '\u0001', '\u0002', '\u0003'),
);
const text = fc.string({ unit: character, maxLength: 6 });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const part = fc.oneof(text, number, fc.constantFrom(null, false, true));

describe('encodeKey', () => {
  it('orders null, false, true, numbers, text', () => {
    const ordered: Key[] = [[null], [false], [true], [-1e308], [0], [5e-324], [1e308], [''], ['0']];
    expect(ordered.toReversed().toSorted(order)).toStrictEqual(ordered);
  });

  it('orders numbers as numbers', () => {
    fc.assert(fc.property(number, number, (a, b) => Math.sign(order([a], [b])) === Math.sign(a - b || 0)));
  });

  it('orders text by code points', () => {
    fc.assert(
      fc.property(text, text, (a, b) => order([a], [b]) === Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
  });

  it('orders part by part: what comes first decides', () => {
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const first = order([a], [b]);
        expect(order([a, c], [b, d])).toBe(first === 0 ? order([c], [d]) : first);
        expect(order([a], [a, c])).toBe(-1);
      }),
    );
  });

  it('treats 0 and -0 as equal', () => {
    expect(encodeKey([-0])).toBe(encodeKey([0]));
  });

  it('refuses numbers that are not finite', () => {
    expect(() => encodeKey([Number.NaN])).toThrow(TypeError);
    expect(() => encodeKey([Number.NEGATIVE_INFINITY])).toThrow(TypeError);
  });
});

describe('sortKey', () => {
  const compare = (a: readonly [Key, string], b: readonly [Key, string]) =>
    Buffer.compare(Buffer.from(sortKey(...a)), Buffer.from(sortKey(...b)));

  it('orders by key, then by id', () => {
    const key = fc.array(part, { maxLength: 2 });
    fc.assert(
      fc.property(key, text, key, text, (a, idOfA, b, idOfB) => {
        fc.pre(a.at(-1) !== idOfA && b.at(-1) !== idOfB);
        const byKey = order(a, b);
        expect(compare([a, idOfA], [b, idOfB])).toBe(byKey === 0 ? order([idOfA], [idOfB]) : byKey);
      }),
    );
  });

  it('does not repeat the id where the key ends with it', () => {
    expect(sortKey(['a', 'x'], 'x')).toBe(encodeKey(['a', 'x']));
    expect(compare([['a', 'x'], 'x'], [['a', 'y'], 'y'])).toBe(-1);
  });
});

describe('keyRange', () => {
  it('holds exactly the keys that begin with the prefix', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 2 }), fc.array(part, { maxLength: 3 }), (prefix, key) => {
        const begins = prefix.every(
          (wanted, index) => key.length > index && order([wanted], [key[index] ?? null]) === 0,
        );
        expect(isFound(key, { prefix })).toBe(begins);
        expect(isFound([...prefix, ...key], { prefix })).toBe(true);
      }),
    );
  });

  it('holds the bounds from inclusive to exclusive', () => {
    fc.assert(
      fc.property(part, part, part, part, (first, next, from, to) => {
        const query = { prefix: [first], from, to };
        expect(isFound([first, next, 'more'], query)).toBe(
          order([from], [next]) <= 0 && order([next], [to]) < 0,
        );
      }),
    );
  });
});
