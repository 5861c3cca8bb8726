import { describe, expect, it } from '@jest/globals';
import { nested } from './causes.ts';

describe('a history', () => {
  it('puts what followed from something below it, and what one command recorded together', () => {
    const entries = [
      { id: 'e1', command: 'c1', cause: 'c1' },
      { id: 'e2', command: 'c2', cause: 'e1' },
      { id: 'e3', command: 'c2', cause: 'e1' },
      { id: 'e4', command: 'c3', cause: 'e3' },
      { id: 'e5', command: 'c4', cause: 'c4' },
    ];
    expect(nested(entries).map(({ depth }) => depth)).toEqual([0, 1, 1, 2, 0]);
  });

  it('begins anew where a cause is not in it', () => {
    expect(nested([{ id: 'e1', command: 'c1', cause: 'elsewhere' }])[0]?.depth).toBe(0);
  });
});
