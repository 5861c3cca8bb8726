// A service whose callers come from a real OpenID provider.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Settings } from '../programs/program.ts';
import { IdentityProvider } from '../servers/identity-provider.ts';
import { type Answer, Consistency, Member } from './client.ts';
import { COMPANY } from './company-with-issuer.ts';
import { RunningService } from './service.ts';
import { until } from './world.ts';

function settingsFor({ issuer, audience }: IdentityProvider, more: Settings = {}): Settings {
  return { AUTH: 'oidc', OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, ...more };
}

const bearer = (service: RunningService, token: string) => new Member(service, '', token, new Consistency());
const me = (service: RunningService, token: string): Promise<Answer> =>
  bearer(service, token).get('/v1/accounts/me');

async function register(service: RunningService, operator: string): Promise<string> {
  const { body } = await bearer(service, operator).post('/v1/accounts', COMPANY);
  return body.id;
}

describe('tokens as a provider issues them', () => {
  let provider: IdentityProvider;
  let service: RunningService;
  let account: string;

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    service = await RunningService.start(settingsFor(provider, { METRICS_TOKEN: 'token-of-the-monitors' }));
    account = await register(service, await provider.token({ roles: ['operator'] }));
  });
  afterAll(async () => {
    await service.dispose();
    await provider.end();
  });

  it('identify the caller, also with other roles beside ours', async () => {
    const token = await provider.token({
      account,
      roles: ['offline_access', 'manager', 'uma_authorization'],
    });
    const answer = await until(
      () => me(service, token),
      ({ status }) => status !== 404,
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { id: account, roles: ['manager'], user: 'contractor' },
    });
  });

  it('do not give access to metrics, which need the token of monitors, also of the worker', async () => {
    const ask = (token: string) =>
      fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const figures = await (await ask('token-of-the-monitors')).text();
    expect(figures).toContain('tessera_follower_owned{follower="processes"} 1\n');
    const refused = await ask(await provider.token({ account, roles: ['operator'] }));
    expect(refused.status).toBe(404);
  });

  it('cannot be obtained from the service: it explains that there is no console', async () => {
    const page = await fetch(service.url, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('There is no console here');
    expect(await (await fetch(`${service.url}/auth/session`)).json()).toEqual({ mode: 'bearer' });
    expect((await fetch(`${service.url}/auth/sign-in`, { redirect: 'manual' })).status).toBe(404);
  });

  it('without any of our roles are refused with that reason', async () => {
    for (const roles of [undefined, [], ['offline_access', 'system']]) {
      const answer = await me(service, await provider.token({ account, ...(roles && { roles }) }));
      expect([answer.status, answer.body.code]).toEqual([403, 'no-role']);
    }
  });

  it('that are invalid are refused with the reason', async () => {
    const other = await provider.token({ account, roles: ['manager'] }, 'urn:other');
    const good = await provider.token({ account, roles: ['manager'] });
    const forged = `${good.slice(0, -8)}AAAAAAAA`;
    for (const [token, why] of [
      [other, 'The token is for another audience.'],
      [forged, 'The signature of the token does not verify.'],
      ['made-up', 'The token is not a signed JWT.'],
    ] as const) {
      const { status, headers, body } = await me(service, token);
      expect([status, body.code, body.detail]).toEqual([401, 'invalid-token', why]);
      expect(headers.get('www-authenticate')).toBe(
        `Bearer error="invalid_token", error_description="${why}"`,
      );
    }
    const anonymous = await fetch(`${service.url}/v1/accounts/me`);
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('are accepted while the provider is down, and those with an unknown key are answered as not verifiable now', async () => {
    const known = await provider.token({ account, roles: ['technician'] });
    await provider.end();
    await provider.begin();
    const unknown = await provider.token({ account, roles: ['technician'] });
    await provider.end();
    expect((await me(service, known)).status).toBe(200);
    const answer = await until(
      () => me(service, unknown),
      ({ status }) => status === 503,
    );
    expect([answer.body.code, answer.headers.get('retry-after')]).toEqual(['issuer-unavailable', '1']);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);

    await provider.begin();
    const newest = await provider.token({ account, roles: ['technician'] });
    await until(
      () => me(service, newest),
      ({ status }) => status === 200,
    );
  });
});

describe('a provider with other claims and role names', () => {
  it('is supported by settings', async () => {
    const provider = await IdentityProvider.start();
    const service = await RunningService.start(
      settingsFor(provider, {
        OIDC_ROLES_CLAIM: 'realm_access.roles',
        OIDC_ACCOUNT_CLAIM: 'https://tessera.example/account',
        OIDC_ROLE_NAMES: 'Platform Ops=operator, boss=manager, boss=administrator',
      }),
    );
    const account = await register(
      service,
      await provider.token({ realm_access: { roles: ['Platform Ops'] } }),
    );
    const token = await provider.token({
      realm_access: { roles: ['boss', 'auditor'] },
      'https://tessera.example/account': account,
    });
    const answer = await until(
      () => me(service, token),
      ({ status }) => status !== 404,
    );
    expect(answer.body).toMatchObject({ id: account, roles: ['manager', 'administrator'] });
    await service.dispose();
    await provider.end();
  });
});

describe('a service whose provider is down at its start', () => {
  it('starts, and is ready once the provider is back', async () => {
    const provider = await IdentityProvider.start();
    const token = await provider.token({ roles: ['operator'] });
    await provider.end();
    const service = await RunningService.start(settingsFor(provider, { LOG_LEVEL: 'silent' }));
    const ready = async () => (await fetch(`${service.url}/health/ready`)).status;
    expect(await ready()).toBe(503);
    expect(await me(service, token)).toMatchObject({ status: 503, body: { code: 'issuer-unavailable' } });

    await provider.begin();
    await until(ready, (status) => status === 200);
    const operator = await provider.token({ roles: ['operator'] });
    expect(await register(service, operator)).toBeTruthy();
    await service.dispose();
    await provider.end();
  });
});
