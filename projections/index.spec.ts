import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { projections, storiesProjection } from './index.ts';

describe('the read models', () => {
  it('have unique names, and so do their collections', () => {
    const names = projections.map(({ name }) => name);
    const collections = projections.flatMap(({ collections }) => collections.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(collections).size).toBe(collections.length);
  });

  it('derive rows and sums only between collections of their own', () => {
    for (const { collections, derive = [], tally = [] } of projections) {
      for (const { from, to } of [...derive, ...tally]) {
        expect(collections).toContain(from);
        expect(collections).toContain(to);
      }
    }
  });

  it('handle every event for what it says, except those that only guard a pair of accounts or a command, or are for processes', () => {
    const others = projections.filter((projection) => projection !== storiesProjection);
    const taken = new Set(others.flatMap(({ handles }) => handles));
    expect([...eventTypes.keys()].filter((type) => !taken.has(type))).toStrictEqual([
      'ConnectionPairClaimed',
      'FlowResumed',
      'CommandHadNoEffect',
    ]);
  });
});
