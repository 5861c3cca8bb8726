import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { stories } from './stories.ts';

describe('what was stored once is understood today', () => {
  it.each(stories)('$types', ({ replay, known }) => {
    expect(replay('first')).toMatchObject(known);
  });

  it.each(stories)('$types, in their current versions', ({ replay, known }) => {
    expect(replay('current')).toMatchObject(known);
  });

  it('and no type is left out here', () => {
    const told = new Set(stories.flatMap(({ types }) => types));
    // That one is of no state.
    expect([...eventTypes.keys()].filter((type) => !told.has(type))).toEqual(['CommandHadNoEffect']);
  });
});
