import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differencesOf } from './differences.ts';

const ids = { items: 'id' };

describe('what differs between two states', () => {
  it('is each field with its value before and after, by its pointer', () => {
    const before = { status: 'requested', terms: { type: 'on-loan' }, reason: 'Soon', tags: ['a'], same: 1 };
    const after = { status: 'approved', terms: { type: 'on-loan', until: 'x' }, tags: ['a', 'b'], same: 1 };
    expect(differencesOf(before, after, ids)).toEqual({
      fields: [
        { pointer: '/status', before: 'requested', after: 'approved' },
        { pointer: '/terms/until', after: 'x' },
        { pointer: '/reason', before: 'Soon' },
        { pointer: '/tags', before: ['a'], after: ['a', 'b'] },
      ],
      lists: [],
    });
  });

  it('is, of a list whose items have ids, what was added, changed and removed', () => {
    const before = { items: [{ id: 'a' }, { id: 'b', n: 1 }, { id: 'c' }] };
    const after = { items: [{ id: 'd' }, { id: 'b', n: 2 }, { id: 'c' }] };
    expect(differencesOf(before, after, ids).lists).toEqual([
      {
        pointer: '/items',
        added: { total: 1, items: [{ id: 'd' }] },
        changed: { total: 1, items: [{ before: { id: 'b', n: 1 }, after: { id: 'b', n: 2 } }] },
        removed: { total: 1, items: [{ id: 'a' }] },
      },
    ]);
  });

  it('names at most a hundred items of each kind, and counts all', () => {
    const items = Array.from({ length: 20_000 }, (_, n) => ({ id: `${n}`, status: 'offered' }));
    const placed = items.map((item) => ({ ...item, status: 'placed' }));
    const { fields, lists } = differencesOf({ items }, { items: placed }, ids);
    expect(fields).toEqual([]);
    expect(lists[0]).toMatchObject({ added: { total: 0, items: [] }, changed: { total: 20_000 } });
    expect(lists[0]?.changed.items).toHaveLength(100);
    expect(differencesOf({}, { items }, ids).lists[0]?.added.total).toBe(20_000);
  });

  it('writes names into pointers as RFC 6901 says', () => {
    const [difference] = differencesOf({}, { 'a/b': { '~': 1 } }, ids).fields;
    expect(difference?.pointer).toBe('/a~1b');
    expect(differencesOf({ 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } }, ids).fields[0]?.pointer).toBe(
      '/a~1b/~0',
    );
  });

  it('is nothing of what is equal, and never nothing of what is not', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const state = fc.dictionary(
      fc.string(),
      fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf)),
    );
    fc.assert(
      fc.property(state, state, (one, other) => {
        const plain = (it: object) => JSON.parse(JSON.stringify(it));
        expect(differencesOf(plain(one), plain(one), ids)).toEqual({ fields: [], lists: [] });
        const isEqual = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(differencesOf(plain(one), plain(other), ids).fields.length === 0).toBe(isEqual);
      }),
    );
  });
});

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .map(([name, of]) => [name, sorted(of)])
    .sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
}
