import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/kernel';
import { AccountLimit, type Allowance } from './account-limit.ts';

const member = (account: string, user: string): Actor => ({ account, user, roles: ['manager'] });

describe('the requests of an account', () => {
  let limit: AccountLimit;
  let now = 0;

  beforeEach(() => {
    now = 1_000;
    limit = new AccountLimit({ requests: 2, perMs: 10_000 }, () => now);
  });

  const ask = (caller: Actor): Allowance | undefined => {
    let last: Allowance | undefined;
    limit.count(caller, (allowance) => {
      last = allowance;
    });
    return last;
  };
  const refused = (retryAfterSeconds: number) =>
    expect.objectContaining({ status: 429, code: 'too-many-requests', extra: { retryAfterSeconds } });

  it('are those of all its members, at most so many in a while', () => {
    expect(ask(member('a', 'ann'))).toEqual({
      'RateLimit-Limit': 2,
      'RateLimit-Remaining': 1,
      'RateLimit-Reset': 10,
    });
    now += 4_000;
    expect(ask(member('a', 'bob'))).toMatchObject({ 'RateLimit-Remaining': 0, 'RateLimit-Reset': 6 });
    expect(() => ask(member('a', 'ann'))).toThrow(refused(6));
    expect(ask(member('b', 'ann'))).toMatchObject({ 'RateLimit-Remaining': 1 });
    now += 5_999;
    expect(() => ask(member('a', 'bob'))).toThrow(refused(1));
    now += 1;
    expect(ask(member('a', 'bob'))).toMatchObject({ 'RateLimit-Remaining': 1 });
  });

  it('are counted by the caller where it has no account, as services of the platform', () => {
    for (let n = 0; n < 2; n++) ask(member('', 'erp'));
    expect(() => ask(member('', 'erp'))).toThrow(refused(10));
    expect(ask(member('', 'auditor'))).toMatchObject({ 'RateLimit-Remaining': 1 });
    expect(ask(member('erp', 'ann'))).toMatchObject({ 'RateLimit-Remaining': 1 });
  });
});
