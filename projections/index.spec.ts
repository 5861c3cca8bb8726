import { describe, expect, it } from '@jest/globals';
import { projections } from './index.ts';

describe('the read models', () => {
  it('have names of their own, as their collections have', () => {
    const names = projections.map(({ name }) => name);
    const collections = projections.flatMap(({ collections }) => collections.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(collections).size).toBe(collections.length);
  });

  it('derive rows only between collections of their own', () => {
    for (const { collections, derive = [] } of projections) {
      for (const { from, to } of derive) {
        expect(collections).toContain(from);
        expect(collections).toContain(to);
      }
    }
  });
});
