import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { remembered } from './remembered.ts';

describe('a function whose latest results are cached', () => {
  it('returns the same as without the cache', () => {
    const plain = (text: string) => text.length;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('', 'a', 'bb', 'ccc', 'd'.repeat(300), 'eeee', 'fffff')),
        (texts) => {
          const kept = remembered(plain, 2);
          expect(texts.map(kept)).toEqual(texts.map(plain));
        },
      ),
    );
  });

  it('computes a recent input once, and an old one again', () => {
    const worked: string[] = [];
    const kept = remembered((text) => worked.push(text), 2);
    for (const text of ['a', 'b', 'a', 'b', 'c', 'a', 'b']) kept(text);
    expect(worked).toEqual(['a', 'b', 'c']);
    for (const text of ['d', 'e', 'f', 'g', 'a']) kept(text);
    expect(worked).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'a']);
  });

  it('does not cache long texts', () => {
    let worked = 0;
    const kept = remembered(() => ++worked);
    for (let asked = 0; asked < 3; asked++) kept('x'.repeat(1_000));
    expect(worked).toBe(3);
  });
});
