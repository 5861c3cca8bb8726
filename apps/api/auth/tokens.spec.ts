import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose';
import { OUR_CLAIMS } from './claims.ts';
import { FailureLimit } from './failure-limit.ts';
import { InvalidToken } from './invalid-token.ts';
import type { IssuerKeys } from './issuer-keys.ts';
import {
  CachedTokenVerifier,
  DevelopmentTokens,
  oidcVerifier,
  type TokenVerifier,
  tokenVerifier,
} from './tokens.ts';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const actor = { account: 'a-1', user: 'ann', roles: ['manager'] } as const;
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

describe('development tokens', () => {
  const tokens = new DevelopmentTokens(Buffer.alloc(32, 1));
  const verifying = tokenVerifier({ mode: 'development' }, tokens, silent);

  it('identify the person they were signed for', async () => {
    const verifier = await verifying;
    expect(await verifier.verify(await tokens.sign(actor))).toEqual(actor);
  });

  it('are refused when another key signed them', async () => {
    const foreign = await new DevelopmentTokens(Buffer.alloc(32, 2)).sign(actor);
    await expect((await verifying).verify(foreign)).rejects.toBeInstanceOf(InvalidToken);
    await expect((await verifying).verify('nonsense')).rejects.toBeInstanceOf(InvalidToken);
  });
});

describe('tokens of an OpenID Connect issuer', () => {
  const issuer = 'https://issuer.example';
  let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
  let verifier: TokenVerifier;

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    const published = { keyOf: async () => keys.publicKey } as unknown as IssuerKeys;
    verifier = oidcVerifier({ mode: 'oidc', issuer, audience: 'tessera', claims: OUR_CLAIMS }, published);
  });

  const claims = () => ({
    iss: issuer,
    aud: 'tessera',
    sub: 'ann',
    exp: inAnHour(),
    account: 'a-1',
    roles: ['manager'] as unknown,
  });
  const signed = (payload: object, key: CryptoKey | Uint8Array = keys.privateKey, alg = 'ES256') =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg, kid: 'one' }).sign(key);

  it('identify the person they were issued for', async () => {
    expect(await verifier.verify(await signed(claims()))).toEqual(actor);
  });

  it.each([
    ['for another audience', { aud: 'other' }, 'another audience'],
    ['of another issuer', { iss: 'https://other.example' }, 'another issuer'],
    ['that have expired', { exp: Math.floor(Date.now() / 1000) - 60 }, 'expired'],
    ['that are not valid yet', { nbf: inAnHour() }, 'not valid yet'],
    ['that never expire', { exp: undefined }, 'no claim exp'],
    ['without a subject', { sub: undefined }, 'no claim sub'],
    ['without an audience', { aud: undefined }, 'no claim aud'],
    ['with an account that is not text', { account: 7 }, 'not text'],
  ])('are refused %s, with the reason', async (_, change, why) => {
    const refused = verifier.verify(await signed({ ...claims(), ...change }));
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidToken',
      message: expect.stringContaining(why),
    });
  });

  it.each([
    [
      'by someone else',
      async () => signed(claims(), (await generateKeyPair('ES256')).privateKey),
      'does not verify',
    ],
    ['with a secret', () => signed(claims(), Buffer.alloc(32), 'HS256'), 'algorithm'],
    ['by nobody', async () => 'eyJhbGciOiJub25lIn0.e30.', 'algorithm'],
    ['in no way', async () => 'made.up', 'not a signed JWT'],
  ])('are refused when they are signed %s, with the reason', async (_, token, why) => {
    const refused = verifier.verify(await token());
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidToken',
      message: expect.stringContaining(why),
    });
  });

  it('are refused with a reason that is valid in a quoted header value', async () => {
    const refused = verifier.verify(await signed({ ...claims(), aud: '"\\\r\n\u00e9' }));
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
    });
  });
});

describe('the memory of verified tokens', () => {
  const payload = { sub: 'ann', account: 'a-1', roles: ['manager'] };

  it('verifies a token once', async () => {
    const verify = jest.fn(async () => ({ ...payload, exp: inAnHour() }));
    const verifier = new CachedTokenVerifier(verify);
    expect(await verifier.verify('token')).toEqual(actor);
    expect(await verifier.verify('token')).toEqual(actor);
    await verifier.verify('another token');
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('caches it for all connections, and the last token of each', async () => {
    const verify = jest.fn(async () => ({ ...payload, exp: inAnHour() }));
    const verifier = new CachedTokenVerifier(verify);
    const connection = {};
    expect(verifier.cached('token', connection)).toBeUndefined();
    await verifier.verify('token');
    for (let time = 0; time < 2; time++) expect(verifier.cached('token', connection)).toEqual(actor);
    expect(verifier.cached('another token', connection)).toBeUndefined();
    expect(verifier.cached('token', {})).toEqual(actor);
  });

  it('trusts none beyond its expiry', async () => {
    const verify = jest.fn(async () => ({ ...payload, exp: Math.floor(Date.now() / 1000) }));
    const verifier = new CachedTokenVerifier(verify);
    await verifier.verify('token');
    await verifier.verify('token');
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('expires after a minute, so that new keys and roles take effect', async () => {
    let now = Date.now();
    const verify = jest.fn(async () => ({ ...payload, exp: inAnHour() }));
    const verifier = new CachedTokenVerifier(verify, { now: () => now });
    const connection = {};
    await verifier.verify('token');
    expect(verifier.cached('token', connection)).toEqual(actor);
    now += 61_000;
    expect(verifier.cached('token', connection)).toBeUndefined();
    await verifier.verify('token');
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('does not cache failures', async () => {
    const verify = jest.fn(async () => {
      throw new Error('no');
    });
    const verifier = new CachedTokenVerifier(verify);
    await expect(verifier.verify('token')).rejects.toBeInstanceOf(InvalidToken);
    await expect(verifier.verify('token')).rejects.toBeInstanceOf(InvalidToken);
    expect(verify).toHaveBeenCalledTimes(2);
  });
});

describe('the limit of failures', () => {
  it('is for one address and for a while', () => {
    let now = 1_000;
    const limit = new FailureLimit(2, 1_000, () => now);
    limit.count('10.0.0.1');
    expect(limit.exceeded('10.0.0.1')).toBe(false);
    limit.count('10.0.0.1');
    expect(limit.exceeded('10.0.0.1')).toBe(true);
    expect(limit.exceeded('10.0.0.2')).toBe(false);
    now += 1_001;
    expect(limit.exceeded('10.0.0.1')).toBe(false);
  });
});
