import { describe, expect, it } from '@jest/globals';
import { losingBelow } from './losses.ts';

const loss = (giver: string, account: string, installations: string[], keeping: string[] = []) => ({
  ...{ giver, account, installations, keeping },
  name: account.toUpperCase(),
  share: `${giver}-${account}`,
});

describe('who further down loses access', () => {
  it('stands below whoever gave it on, nearest first, whatever comes first in the answer', () => {
    const losses = [loss('b', 'c', ['1']), loss('top', 'b', ['1', '2'], ['2'])];
    expect(losingBelow('top', losses)).toEqual([
      { account: 'b', above: 'top', name: 'B', lost: 1, kept: 1 },
      { account: 'c', above: 'b', name: 'C', lost: 1, kept: 0 },
    ]);
  });

  it('stands there once, with all that it loses, also where companies give to each other', () => {
    const losses = [
      loss('c', 'b', ['3']),
      loss('top', 'b', ['1', '2']),
      loss('b', 'c', ['1']),
      loss('top', 'c', ['3']),
      loss('c', 'top', ['3']),
    ];
    expect(losingBelow('top', losses)).toMatchObject([
      { account: 'b', above: 'top', lost: 3 },
      { account: 'c', above: 'top', lost: 2 },
    ]);
  });
});
