import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Fastify from 'fastify';
import type { Actor } from '#domain/kernel';
import { AccountLimit, type Allowance } from './account-limit.ts';

const member = (account: string, user: string): Actor => ({ account, user, roles: ['manager'] });

describe('the requests of an account', () => {
  let limit: AccountLimit;
  let now = 0;

  beforeEach(async () => {
    now = Date.parse('2026-03-01T09:00:00.000Z');
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    limit = await AccountLimit.of(Fastify(), { requests: 2, perMs: 10_000 });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const ask = async (caller: Actor): Promise<Allowance | undefined> => {
    let told: Allowance | undefined;
    await limit.count(caller, (allowance) => {
      told = allowance;
    });
    return told;
  };
  const refused = (retryAfterSeconds: number) =>
    expect.objectContaining({ status: 429, code: 'too-many-requests', extra: { retryAfterSeconds } });

  it('are those of all its members, at most so many in a while', async () => {
    expect(await ask(member('a', 'ann'))).toEqual({
      'RateLimit-Limit': 2,
      'RateLimit-Remaining': 1,
      'RateLimit-Reset': 10,
    });
    now += 4_000;
    expect(await ask(member('a', 'bob'))).toMatchObject({ 'RateLimit-Remaining': 0, 'RateLimit-Reset': 6 });
    await expect(ask(member('a', 'ann'))).rejects.toEqual(refused(6));
    expect(await ask(member('b', 'ann'))).toMatchObject({ 'RateLimit-Remaining': 1 });
    now += 5_999;
    await expect(ask(member('a', 'bob'))).rejects.toEqual(refused(1));
    now += 1;
    expect(await ask(member('a', 'bob'))).toMatchObject({ 'RateLimit-Remaining': 1 });
  });

  it('are counted by the caller where it has no account, as services of the platform', async () => {
    for (let n = 0; n < 2; n++) await ask(member('', 'erp'));
    await expect(ask(member('', 'erp'))).rejects.toEqual(refused(10));
    expect(await ask(member('', 'auditor'))).toMatchObject({ 'RateLimit-Remaining': 1 });
    expect(await ask(member('erp', 'ann'))).toMatchObject({ 'RateLimit-Remaining': 1 });
  });
});
