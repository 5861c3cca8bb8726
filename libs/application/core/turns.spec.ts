import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { forEachInTurns } from './turns.ts';

describe('going through many items', () => {
  it('visits each in order, and lets others in after every thousand', async () => {
    const visited: number[] = [];
    const seenByOthers: number[] = [];
    const done = forEachInTurns(Array(3_500).keys(), (item) => visited.push(item));
    while (visited.length < 3_500) {
      seenByOthers.push(visited.length);
      await nextTurn();
    }
    await done;
    expect(visited).toEqual([...Array(3_500).keys()]);
    expect(seenByOthers).toEqual(expect.arrayContaining([1_000, 2_000, 3_000]));
  });

  it('ends with the first failure', async () => {
    const failing = forEachInTurns([1, 2], () => {
      throw new Error('not this one');
    });
    await expect(failing).rejects.toThrow('not this one');
  });
});
