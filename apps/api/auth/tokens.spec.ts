import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { FailureLimit } from './failure-limit.ts';
import {
  CachedTokenVerifier,
  DevelopmentTokens,
  InvalidToken,
  type TokenVerifier,
  tokenVerifier,
} from './tokens.ts';

const actor = { account: 'a-1', user: 'ann', roles: ['manager'] } as const;
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

describe('development tokens', () => {
  const tokens = new DevelopmentTokens(Buffer.alloc(32, 1));
  const verifying = tokenVerifier({ mode: 'development' }, tokens);

  it('say who they were signed for', async () => {
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
  let server: Server;
  let issuer: string;
  let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
  let verifier: TokenVerifier;

  beforeAll(async () => {
    keys = await generateKeyPair('ES256', { extractable: true });
    server = createServer(async (request, response) => {
      const found =
        request.url === '/.well-known/openid-configuration'
          ? { issuer, jwks_uri: `${issuer}/keys` }
          : { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] };
      response.end(JSON.stringify(found));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    verifier = await tokenVerifier({ mode: 'oidc', issuer, audience: 'tessera' }, undefined);
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const claims = () => ({
    iss: issuer,
    aud: 'tessera',
    sub: 'ann',
    exp: inAnHour(),
    account: 'a-1',
    roles: ['manager'] as unknown,
  });
  const signed = (payload: object, key = keys.privateKey) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);

  it('say who they were issued for', async () => {
    expect(await verifier.verify(await signed(claims()))).toEqual(actor);
  });

  it.each([
    ['for another audience', { aud: 'other' }],
    ['of another issuer', { iss: 'https://other.example' }],
    ['that have expired', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['that never expire', { exp: undefined }],
    ['without a subject', { sub: undefined }],
    ['without roles', { roles: undefined }],
    ['with a role of our own processes', { roles: ['system'] }],
    ['with an account that is no text', { account: 7 }],
  ])('are refused %s', async (_, change) => {
    await expect(verifier.verify(await signed({ ...claims(), ...change }))).rejects.toBeInstanceOf(
      InvalidToken,
    );
  });

  it('are refused when someone else signed them', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await expect(verifier.verify(await signed(claims(), privateKey))).rejects.toBeInstanceOf(InvalidToken);
  });

  it('are not to be had from an issuer that says it is another one', async () => {
    const other = issuer.replace('127.0.0.1', 'localhost');
    await expect(
      tokenVerifier({ mode: 'oidc', issuer: other, audience: 'tessera' }, undefined),
    ).rejects.toThrow('not an OpenID configuration');
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

  it('trusts none beyond its expiry', async () => {
    const verify = jest.fn(async () => ({ ...payload, exp: Math.floor(Date.now() / 1000) }));
    const verifier = new CachedTokenVerifier(verify);
    await verifier.verify('token');
    await verifier.verify('token');
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('forgets after a minute, so that new keys and roles bite', async () => {
    let now = Date.now();
    const verify = jest.fn(async () => ({ ...payload, exp: inAnHour() }));
    const verifier = new CachedTokenVerifier(verify, () => now);
    await verifier.verify('token');
    now += 61_000;
    await verifier.verify('token');
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it('remembers no failure', async () => {
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
