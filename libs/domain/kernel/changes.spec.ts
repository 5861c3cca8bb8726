import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyChanges, type Changes, effectiveChanges, sameData } from './index.ts';

interface Thing {
  readonly name: string;
  readonly note?: string;
  readonly tags?: readonly string[];
  readonly address?: { readonly street: string; readonly city: string };
}

const thing: Thing = { name: 'a', note: 'n', tags: ['x', 'y'], address: { street: 's', city: 'c' } };

describe('changes to a thing', () => {
  it('set the fields they name, clear those that are null, and leave the rest', () => {
    expect(applyChanges(thing, { name: 'b', note: null, tags: undefined } as Changes<Thing>)).toStrictEqual({
      name: 'b',
      tags: ['x', 'y'],
      address: { street: 's', city: 'c' },
    });
  });

  it('do not mutate the original', () => {
    const frozen = Object.freeze({ ...thing });
    applyChanges(frozen, { name: 'b', note: null });
    expect(frozen).toStrictEqual(thing);
  });

  it('include only fields whose values differ', () => {
    const changes: Changes<Thing> = {
      name: 'a',
      note: null,
      tags: ['y', 'x'],
      address: { city: 'c', street: 's' },
    };
    expect(effectiveChanges(thing, changes)).toStrictEqual({ note: null, tags: ['y', 'x'] });
  });

  it.each<[string, Changes<Thing>]>([
    ['nothing', {}],
    ['what is so already', { name: 'a' }],
    ['what is undefined', { name: undefined } as Changes<Thing>],
  ])('are none when they name %s', (_, changes) => {
    expect(effectiveChanges(thing, changes)).toBeUndefined();
  });

  it('are none when a field to be cleared is absent', () => {
    expect(effectiveChanges<Thing>({ name: 'a' }, { note: null })).toBeUndefined();
  });

  it('are none the second time', () => {
    const some = fc.record(
      { name: fc.constantFrom('a', 'b'), note: fc.constantFrom('n', 'm', null) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, (changes) => {
        const effective = effectiveChanges(thing, changes);
        const changed = effective ? applyChanges(thing, effective) : thing;
        expect(changed).toEqual(applyChanges(thing, changes));
        expect(effectiveChanges(changed, changes)).toBeUndefined();
      }),
    );
  });
});

describe('the same data', () => {
  it.each<[unknown, unknown]>([
    [1, 1],
    [null, null],
    [
      { a: 1, b: [1, { c: 2 }] },
      { b: [1, { c: 2 }], a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
  ])('is %j and %j', (a, b) => {
    expect(sameData(a, b)).toBe(true);
    expect(sameData(b, a)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    [1, '1'],
    [null, {}],
    [null, undefined],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, undefined]],
    [{ a: 1 }, { a: 1, b: null }],
  ])('is not %j and %j', (a, b) => {
    expect(sameData(a, b)).toBe(false);
    expect(sameData(b, a)).toBe(false);
  });

  it('is what is read back after storing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sameData(JSON.parse(JSON.stringify({ value })), { value })).toBe(true);
      }),
    );
  });
});
