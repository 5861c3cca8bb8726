import { describe, expect, it } from '@jest/globals';
import { newSignerKey } from '#evidence';
import { parseDuration } from '../duration.ts';
import { InvalidConfig } from '../environment.ts';
import { Secret } from '../secret.ts';
import { readConfig, servesConsole } from './config.ts';

describe('the configuration', () => {
  it('has defaults for a newcomer on a machine of their own', () => {
    expect(readConfig({}, true)).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      demo: true,
      authentication: { mode: 'development' },
      revocationWindow: { kind: 'window', milliseconds: 72 * 3_600_000, from: 'placed' },
      rateLimit: { requests: 20_000, perMs: 10_000 },
      requestsUnderWay: 2_000,
      listeners: { perAccount: 500, inAll: 5_000 },
      sealing: { intervalMs: 60_000 },
      webhooksAllowPrivate: true,
      logLevel: 'info',
    });
  });

  it('takes everything from the environment', () => {
    const keys = newSignerKey('tessera.example');
    const environment = {
      HOST: '0.0.0.0',
      PORT: '8080',
      DATA_DIR: '/var/lib/tessera',
      WORKER_HOST: '10.0.0.7',
      WORKER_PORT: '3101',
      DEMO: 'off',
      AUTH: 'oidc',
      OIDC_ISSUER: 'https://login.example',
      OIDC_AUDIENCE: 'tessera',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ACCOUNT_CLAIM: 'tessera_account',
      OIDC_ROLE_NAMES: 'boss=administrator',
      REVOCATION_WINDOW: 'P2D',
      REVOCATION_FROM: 'granted',
      RATE_LIMIT: '600',
      RATE_WINDOW: 'PT1M',
      REQUESTS_UNDER_WAY: '400',
      LISTENERS_PER_ACCOUNT: '20',
      LISTENERS: '10000',
      SEAL_KEYS: keys,
      SEAL_INTERVAL: 'PT10S',
      WEBHOOKS_ALLOW_PRIVATE: 'on',
      LOG_LEVEL: 'warn',
    };
    expect(readConfig(environment, true)).toEqual({
      host: '0.0.0.0',
      port: 8080,
      dataDir: '/var/lib/tessera',
      worker: { host: '10.0.0.7', port: 3101 },
      demo: false,
      authentication: {
        mode: 'oidc',
        issuer: 'https://login.example',
        audience: 'tessera',
        claims: {
          roles: 'realm_access.roles',
          account: 'tessera_account',
          roleNames: new Map([['boss', ['administrator']]]),
        },
      },
      revocationWindow: { kind: 'window', milliseconds: 48 * 3_600_000, from: 'granted' },
      rateLimit: { requests: 600, perMs: 60_000 },
      requestsUnderWay: 400,
      listeners: { perAccount: 20, inAll: 10_000 },
      sealing: { keys, intervalMs: 10_000 },
      webhooksAllowPrivate: true,
      logLevel: 'warn',
    });
  });

  describe('of signing in by an issuer', () => {
    const real = { AUTH: 'oidc', OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'tessera' };
    const client = { ...real, OIDC_CLIENT_ID: 'console', PUBLIC_URL: 'https://tessera.example' };
    const signInWith = (settings: Record<string, string>) => {
      const config = readConfig(settings, false);
      return config.authentication.mode === 'oidc' ? config.authentication.signIn : undefined;
    };

    it('is a client, and where browsers find the service; without them nobody signs in', () => {
      expect(signInWith(real)).toBeUndefined();
      expect(servesConsole(readConfig(real, false))).toBe(false);
      expect(servesConsole(readConfig(client, false))).toBe(true);
      expect(signInWith({ ...client, PUBLIC_URL: 'https://tessera.example/' })).toEqual({
        clientId: 'console',
        publicUrl: 'https://tessera.example',
        scope: 'openid',
        parameters: {},
      });
      const more = {
        OIDC_CLIENT_SECRET: 'a-secret',
        OIDC_SCOPE: 'openid offline_access',
        OIDC_PARAMETERS: 'audience=https%3A%2F%2Fapi.example&prompt=login',
      };
      expect(signInWith({ ...client, ...more })).toMatchObject({
        clientSecret: 'a-secret',
        scope: 'openid offline_access',
        parameters: { audience: 'https://api.example', prompt: 'login' },
      });
    });

    it.each([
      ['PUBLIC_URL', 'tessera.example'],
      ['PUBLIC_URL', 'http://tessera.example'],
      ['PUBLIC_URL', 'https://tessera.example/console'],
      ['PUBLIC_URL', 'https://user@tessera.example'],
      ['PUBLIC_URL', 'ftp://tessera.example'],
      ['OIDC_ISSUER', 'http://login.example'],
      ['OIDC_CLIENT_ID', ''],
      ['OIDC_CLIENT_SECRET', ''],
      ['OIDC_SCOPE', 'profile'],
      ['OIDC_PARAMETERS', 'state=mine'],
      ['OIDC_PARAMETERS', 'audience=a&audience=b'],
    ])('refuses %s=%j, naming it', (name, value) => {
      expect(() => readConfig({ ...client, [name]: value }, false)).toThrow(name);
    });

    it('refuses a client without an address, and what says nothing without a client', () => {
      expect(() => readConfig({ ...real, OIDC_CLIENT_ID: 'console' }, false)).toThrow('PUBLIC_URL must be');
      for (const name of ['OIDC_CLIENT_SECRET', 'OIDC_SCOPE', 'OIDC_PARAMETERS', 'PUBLIC_URL']) {
        expect(() => readConfig({ ...real, [name]: 'any' }, false)).toThrow(
          `${name} is only used with OIDC_CLIENT_ID.`,
        );
      }
    });

    it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
      'takes %s without TLS',
      (url) => {
        expect(signInWith({ ...client, PUBLIC_URL: url, OIDC_ISSUER: url })?.publicUrl).toBe(url);
      },
    );
  });

  it('creates no demo world among real accounts, unless configured', () => {
    const real = { AUTH: 'oidc', OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'tessera' };
    expect(readConfig(real, true).demo).toBe(false);
    expect(readConfig({ ...real, DEMO: 'on' }, true).demo).toBe(true);
  });

  it('lets webhooks lead to public addresses only, but where things are tried out', () => {
    const real = { AUTH: 'oidc', OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'tessera' };
    expect(readConfig(real, false).webhooksAllowPrivate).toBe(false);
    expect(readConfig({ WEBHOOKS_ALLOW_PRIVATE: 'off' }, false).webhooksAllowPrivate).toBe(false);
  });

  describe('of shared stores', () => {
    const shared = {
      EVENT_STORE_URL: 'esdb://admin:changeit@one:2113,two:2113?tls=true',
      VIEW_STORE_URL: 'mongodb://user:changeit@one,two/tessera?replicaSet=rs0',
      SECRET: Buffer.alloc(32, 7).toString('base64'),
      KEY_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString('base64'),
    };

    it('is where they are, and the secret all processes have', () => {
      const { stores, demo } = readConfig(shared, true);
      expect(stores).toMatchObject({ events: shared.EVENT_STORE_URL, views: shared.VIEW_STORE_URL });
      expect(stores?.secret.keyFor('a purpose')).toEqual(new Secret(Buffer.alloc(32, 7)).keyFor('a purpose'));
      expect(demo).toBe(false);
    });

    it.each([
      ['EVENT_STORE_URL', undefined],
      ['EVENT_STORE_URL', 'http://changeit@one'],
      ['VIEW_STORE_URL', undefined],
      ['VIEW_STORE_URL', 'mongodb://user:changeit@one'],
      ['SECRET', undefined],
      ['SECRET', Buffer.alloc(31, 7).toString('base64')],
      ['KEY_ENCRYPTION_KEY', undefined],
    ])('refuses %s=%j, naming it and telling no secret', (name, value) => {
      const read = () => readConfig({ ...shared, [name]: value }, false);
      expect(read).toThrow(new RegExp(`^  ${name} must`, 'm'));
      expect(read).not.toThrow(/changeit/);
    });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['PORT', ''],
    ['DATA_DIR', ''],
    ['WORKER_PORT', '-1'],
    ['DEMO', 'yes'],
    ['WEBHOOKS_ALLOW_PRIVATE', 'yes'],
    ['AUTH', 'none'],
    ['REVOCATION_WINDOW', '72h'],
    ['REVOCATION_WINDOW', 'PT0H'],
    ['REVOCATION_WINDOW', 'P36526D'],
    ['REVOCATION_FROM', 'requested'],
    ['RATE_LIMIT', '0'],
    ['RATE_LIMIT', 'many'],
    ['REQUESTS_UNDER_WAY', '0'],
    ['RATE_WINDOW', '10s'],
    ['RATE_WINDOW', 'PT0S'],
    ['RATE_WINDOW', 'P2D'],
    ['LISTENERS', ''],
    ['LISTENERS_PER_ACCOUNT', '-1'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%j, naming it', (name, value) => {
    expect(() => readConfig({ [name]: value }, false)).toThrow(new RegExp(name));
  });

  it.each([
    ['OIDC_ROLES_CLAIM', ''],
    ['OIDC_ACCOUNT_CLAIM', ''],
    ['OIDC_ROLE_NAMES', ''],
    ['OIDC_ROLE_NAMES', 'boss'],
    ['OIDC_ROLE_NAMES', 'boss=root'],
  ])('refuses %s=%j for real callers, naming it', (name, value) => {
    const real = { AUTH: 'oidc', OIDC_ISSUER: 'https://login.example', OIDC_AUDIENCE: 'tessera' };
    expect(() => readConfig({ ...real, [name]: value }, false)).toThrow(new RegExp(name));
  });

  it('reports all faults at once', () => {
    const read = () =>
      readConfig({ AUTH: 'oidc', OIDC_ISSUER: 'login', PORT: '-1', LOG_LEVEL: 'loud' }, false);
    expect(read).toThrow(InvalidConfig);
    expect(read).toThrow(/OIDC_ISSUER.*OIDC_AUDIENCE.*PORT.*LOG_LEVEL/s);
  });

  it('lets development sign-in listen on loopback only', () => {
    expect(() => readConfig({ HOST: '0.0.0.0' }, false)).toThrow(/loopback/);
    expect(readConfig({ HOST: '::1' }, false).host).toBe('::1');
  });
});

describe('a duration', () => {
  it.each([
    ['PT73H', 73 * 3_600_000],
    ['P1DT2H3M4.5S', 93_784_500],
    ['P7D', 604_800_000],
    ['PT0S', 0],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(['', 'P', 'PT', '73H', 'P1M', 'P1Y', 'PT-1H', 'PT1H30', ' PT1H', 'P1DT'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
