import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { stories } from './stories.ts';

describe('stored events of earlier versions can be folded', () => {
  it.each(stories)('$types', ({ replay, known }) => {
    expect(replay('first')).toMatchObject(known);
  });

  it.each(stories)('$types, in their current versions', ({ replay, known }) => {
    expect(replay('current')).toMatchObject(known);
  });

  it('and every type is covered', () => {
    const covered = new Set(stories.flatMap(({ types }) => types));
    // That one is of no state.
    expect([...eventTypes.keys()].filter((type) => !covered.has(type))).toEqual(['CommandHadNoEffect']);
  });
});
