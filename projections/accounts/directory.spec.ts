import { describe, expect, it } from '@jest/globals';
import { known } from './directory.ts';

describe('an account in an answer', () => {
  const names = new Map([['a', { id: 'a', name: 'Koelwerk', kind: 'connect' as const }]]);

  it('is shown as the directory has it', () => {
    expect(known(names, 'a')).toEqual({ id: 'a', name: 'Koelwerk', kind: 'connect' });
  });

  it('that the directory does not have is shown without a kind', () => {
    expect(known(names, 'b')).toEqual({ id: 'b', name: 'b' });
  });

  it('is the platform where an operator acted for no account', () => {
    expect(known(names, '')).toEqual({ id: '', name: 'The platform' });
  });
});
