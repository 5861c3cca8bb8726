import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validate, version } from 'uuid';
import { derivedId, newId, numberedId } from './ids.ts';

describe('derived ids', () => {
  it('are UUIDs of version 7, the same for the same path and others for others', () => {
    const path = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        const from = newId();
        const id = derivedId(from, ...one);
        expect(validate(id) && version(id)).toBe(7);
        expect(derivedId(from, ...one)).toBe(id);
        expect(derivedId(newId(), ...one)).not.toBe(id);
        if (one.join('/') !== other.join('/')) expect(derivedId(from, ...other)).not.toBe(id);
      }),
    );
  });

  it('are as early as what they are made from', () => {
    const from = '01890a5d-ac96-774b-bcce-b302099a8057';
    expect(derivedId(from, 'event', 3).slice(0, 13)).toBe(from.slice(0, 13));
  });
});

describe('numbered ids', () => {
  const from = '01890a5d-ac96-774b-bcce-b302099a8057';

  it('are derived ids in the order of their numbers', () => {
    const number = fc.integer({ min: 0, max: 2 ** 26 - 1 });
    fc.assert(
      fc.property(number, number, fc.string(), fc.string(), (one, other, kind, otherKind) => {
        const id = numberedId(from, one, kind);
        expect(validate(id) && version(id)).toBe(7);
        expect(id.slice(0, 13)).toBe(from.slice(0, 13));
        expect(numberedId(from, one, kind)).toBe(id);
        if (kind !== otherKind) expect(numberedId(from, one, otherKind)).not.toBe(id);
        if (one < other) expect(id < numberedId(from, other, otherKind)).toBe(true);
      }),
    );
  });

  it('are other ones where the order begins again', () => {
    expect(numberedId(from, 2 ** 26, 'row')).not.toBe(numberedId(from, 0, 'row'));
  });
});

describe('new ids', () => {
  it('are UUIDs of version 7, each another one, in the order they are made in', async () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    const times = ids.map((id) => id.slice(0, 13));
    expect(times).toEqual(times.toSorted());
  });
});
