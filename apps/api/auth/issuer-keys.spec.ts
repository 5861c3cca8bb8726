import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CryptoKey, errors, exportJWK, generateKeyPair } from 'jose';
import { until } from '../../../test/tooling/until.ts';
import { IssuerKeys, type IssuerTiming, IssuerUnavailable } from './issuer-keys.ts';

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

describe('the keys of an issuer', () => {
  let server: Server;
  let issuer: string;
  let respond: Respond;
  let asked: string[];
  let logged: string[];
  let opened: IssuerKeys[];
  let key: CryptoKey;

  beforeEach(async () => {
    [asked, logged, opened] = [[], [], []];
    key = (await generateKeyPair('ES256', { extractable: true })).publicKey;
    server = createServer((request, response) => {
      asked.push(request.url as string);
      respond(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    respond = await good('one');
  });
  afterEach(() => {
    for (const keys of opened) keys.close();
    server.close();
    server.closeAllConnections();
  });

  async function good(kid: string): Promise<Respond> {
    const jwk = { ...(await exportJWK(key)), kid, alg: 'ES256' };
    return ({ url }, response) =>
      response.end(
        JSON.stringify(url === '/keys' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/keys` }),
      );
  }

  const note = (_: object, message: string) => void logged.push(message);
  async function open(timing: Partial<IssuerTiming> = {}): Promise<IssuerKeys> {
    const log = { info: note, warn: note, error: note };
    const keys = await IssuerKeys.open(issuer, log, { retry: 10, ...timing });
    opened.push(keys);
    return keys;
  }

  const find = (keys: IssuerKeys, kid = 'one') =>
    keys.keyOf({ alg: 'ES256', kid }, { payload: '', signature: '' });

  it('are loaded once, however many tokens there are', async () => {
    const keys = await open();
    for (let n = 0; n < 5; n++) await find(keys);
    keys.checkReady();
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
    expect(logged).toEqual([]);
  });

  it.each<[string, Respond]>([
    ['answers 503', (_, response) => response.writeHead(503).end()],
    ['is not an OpenID configuration', (_, response) => response.end('{"issuer":"https://other.example"}')],
    ['names no jwks_uri', (_, response) => response.end(JSON.stringify({ issuer }))],
    ['does not answer with JSON', (_, response) => response.end('<html>Back soon</html>')],
    ['no answer in time', () => {}],
    ['other side closed', ({ socket }) => socket.destroy()],
  ])('are loaded again after a failure, which is logged once: %s', async (reason, bad) => {
    respond = bad;
    // A busy machine may take its time over every other answer.
    const keys = await open({ timeout: reason === 'no answer in time' ? 100 : 60_000 });
    expect(() => keys.checkReady()).toThrow(IssuerUnavailable);
    await expect(find(keys)).rejects.toBeInstanceOf(IssuerUnavailable);
    await until(() => asked.length >= 3);
    expect(logged).toEqual([
      expect.stringMatching(`^OIDC_ISSUER ${issuer} cannot be asked for its keys: .*${reason}`),
    ]);

    respond = await good('one');
    await until(() => logged.length === 2);
    keys.checkReady();
    await find(keys);
  });

  it('are reloaded when a token names an unknown one', async () => {
    const keys = await open({ cooldown: 0 });
    respond = await good('two');
    await find(keys, 'two');
    await expect(find(keys, 'one')).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey);
  });

  it('are not reloaded for every unknown key', async () => {
    const keys = await open();
    for (let n = 0; n < 5; n++) {
      await expect(find(keys, `made up ${n}`)).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey);
    }
    expect(asked).toHaveLength(2);
  });

  it('stay valid while the issuer is down, and tokens with other keys cannot be verified', async () => {
    const keys = await open({ cooldown: 0 });
    respond = (_, response) => response.writeHead(503).end();
    await expect(find(keys, 'two')).rejects.toBeInstanceOf(IssuerUnavailable);
    await find(keys, 'one');
    keys.checkReady();
  });

  it('do not stay valid for ever', async () => {
    const keys = await open({ trust: 0, cooldown: 0 });
    respond = (_, response) => response.writeHead(503).end();
    await expect(find(keys)).rejects.toBeInstanceOf(IssuerUnavailable);
    expect(() => keys.checkReady()).toThrow(IssuerUnavailable);
  });

  it('that are withdrawn are rejected soon after', async () => {
    const keys = await open({ refresh: 10 });
    respond = await good('two');
    const before = asked.length;
    // One reload may have been in progress.
    await until(() => asked.length >= before + 6);
    await expect(find(keys, 'one')).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey);
  });
});
