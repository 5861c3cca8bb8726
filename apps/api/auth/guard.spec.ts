import { describe, expect, it } from '@jest/globals';
import type { Actor } from '#domain/kernel';
import { AccountLimit, RATE_LIMIT } from './account-limit.ts';
import { FailureLimit } from './failure-limit.ts';
import { type Access, Guard } from './guard.ts';
import { InvalidToken } from './invalid-token.ts';
import type { TokenVerifier } from './tokens.ts';

const ann: Actor = { account: 'a-1', user: 'ann', roles: ['manager'] };
const bob: Actor = { account: 'a-1', user: 'bob', roles: [] };
const verifier = {
  cached: (token: string) => (token === 'of-ann-cached' ? ann : undefined),
  verify: async (token: string) => {
    if (token === 'of-ann') return ann;
    if (token === 'of-bob') return bob;
    throw new InvalidToken('The token has expired.');
  },
} as unknown as TokenVerifier;

const accounts = new AccountLimit(RATE_LIMIT);

function guarding(limit = new FailureLimit()) {
  const log: [object, string][] = [];
  const note = (details: object, message: string) => void log.push([details, message]);
  const guard = new Guard(verifier, limit, accounts, { info: note, warn: note, error: note });
  const ask = async (authorization?: string, roles?: Access['roles']) => {
    const request = { headers: { authorization }, ip: '10.0.0.1', raw: { socket: {} } };
    return guard.admit(request, { open: false, roles });
  };
  return { ask, log, guard };
}

describe('the guard of every route', () => {
  it.each(['Bearer of-ann', 'bearer of-ann', 'BEARER   of-ann '])(
    'knows the caller by "%s"',
    async (header) => {
      expect(await guarding().ask(header)).toEqual(ann);
    },
  );

  it.each(['Bearer of-ann', 'Bearer of-ann-cached'])(
    'asks for a role where the route does, of "%s" too',
    async (header) => {
      expect(await guarding().ask(header, ['manager', 'auditor'])).toEqual(ann);
      await expect(guarding().ask(header, ['auditor'])).rejects.toMatchObject({ code: 'role-not-allowed' });
    },
  );

  it('answers synchronously where the token is cached', () => {
    const request = {
      headers: { authorization: 'Bearer of-ann-cached' },
      ip: '10.0.0.1',
      raw: { socket: {} },
    };
    expect(guarding().guard.admit(request, { open: false, roles: undefined })).toBe(ann);
  });

  it.each([undefined, '', 'of-ann', 'Basic of-ann', 'Bearer', 'Bearer of ann'])(
    'finds no token in %j, and says how to send one',
    async (header) => {
      await expect(guarding().ask(header)).rejects.toMatchObject({
        status: 401,
        code: 'not-signed-in',
        extra: { challenge: 'Bearer' },
      });
    },
  );

  it('logs why it refuses a token, and never the token', async () => {
    const { ask, log } = guarding();
    await expect(ask('Bearer secret-token')).rejects.toBeInstanceOf(InvalidToken);
    await expect(ask('Bearer of-bob')).rejects.toMatchObject({ kind: 'forbidden', code: 'no-role' });
    expect(log).toEqual([
      [{ address: '10.0.0.1', reason: 'The token has expired.' }, 'Refused a bearer token'],
      [
        { address: '10.0.0.1', reason: 'The token has none of the roles of this service.' },
        'Refused a bearer token',
      ],
    ]);
  });

  it('refuses further bad tokens of an address without logging them, and serves good ones', async () => {
    const { ask, log } = guarding(new FailureLimit(2));
    for (let n = 0; n < 2; n++) await expect(ask('Bearer bad')).rejects.toBeInstanceOf(InvalidToken);
    for (let n = 0; n < 3; n++) await expect(ask('Bearer bad')).rejects.toMatchObject({ status: 429 });
    expect(await ask('Bearer of-ann')).toEqual(ann);
    expect(log).toHaveLength(2);
  });
});
