// People who sign in to the console at a real OpenID provider, and whoever tries to come in beside it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../servers/cookie-browser.ts';
import type { IdentityProvider } from '../servers/identity-provider.ts';
import { CompanyWithIssuer } from './company-with-issuer.ts';
import type { RunningService } from './service.ts';
import { until } from './world.ts';

const SESSION = 'tessera-session';

let company: CompanyWithIssuer;
let provider: IdentityProvider;
let service: RunningService;
let account: string;

beforeAll(async () => {
  company = await CompanyWithIssuer.start();
  ({ provider, service, account } = company);
  company.employ('ann', 'administrator');
  company.employ('bob', 'manager');
  company.employ('gone', 'manager');
  provider.people.set('stranger', { account, roles: ['offline_access'] });
  provider.people.set('homeless', { roles: ['manager'] });
  provider.people.set('auditor', { roles: ['auditor'] });
  provider.people.set('operator', { roles: ['operator'] });
  provider.people.set('elsewhere', { account: crypto.randomUUID(), roles: ['manager'] });
});

afterAll(() => company.end());

beforeEach(() => {
  provider.lifetimeSeconds = 600;
  provider.givesRefreshTokens = true;
});

/** The browser of one person, and the console's page in it. */
class Person {
  readonly browser = new CookieBrowser();
  person = '';

  static async signedIn(login: string): Promise<Person> {
    const person = new Person();
    expect(await person.signIn(login)).toBe('/');
    await person.look();
    return person;
  }

  /** Goes to the provider's page from a link. @returns where it leads to */
  begin(back?: string): Promise<{ url: URL; response?: Response }> {
    const link = new URL('/auth/sign-in', service.url);
    if (back !== undefined) link.searchParams.set('back', back);
    return this.browser.follow(link, {}, isConsole);
  }

  /** Enters a name at the provider's page. @returns the address with which it leads back to the service */
  async comesBack(login: string, back?: string): Promise<URL> {
    const { url, response } = await this.begin(back);
    if (response === undefined) throw new Error(`No page to sign in at: ${url}`);
    const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(await response.text()) ?? [];
    const body = new URLSearchParams({ prompt: 'login', login, password: 'any' });
    return (await this.browser.follow(new URL(action, url), { method: 'POST', body }, isCallback)).url;
  }

  /** @returns the page of the console that it leads to */
  async signIn(login: string, back?: string): Promise<string> {
    return this.arrive(await this.comesBack(login, back));
  }

  async arrive(callback: URL): Promise<string> {
    const answer = await this.browser.open(callback);
    expect(answer.status).toBe(303);
    return answer.headers.get('location') ?? '';
  }

  /** Asks as a page of the service does. */
  async ask(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
    const answer = await this.browser.open(new URL(path, service.url), {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(method !== 'GET' && { origin: service.url, 'tessera-session': this.person }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
  }

  /** The state of the session that the page has. */
  async look() {
    const { body } = await this.ask('GET', '/auth/session');
    this.person = body.session?.person ?? '';
    return body;
  }

  get cookies(): Map<string, string> {
    return this.browser.cookiesOf(service.url);
  }
}

const isConsole = (url: URL) => url.origin === service.url && !url.pathname.startsWith('/auth/');
const isCallback = (url: URL) => url.origin === service.url;
const LOCATION = { name: 'Mine', address: { street: 'Lane 1', city: 'Ghent' } };

describe('signing in', () => {
  it('redirects through the provider to the requested page, as the person that it identifies', async () => {
    const ann = new Person();
    expect(await ann.look()).toEqual({ mode: 'oidc' });
    expect(await ann.signIn('ann', '/shares?role=provider#top')).toBe('/shares?role=provider#top');
    expect(await ann.look()).toMatchObject({
      session: {
        account: { id: account, name: 'Frigo North' },
        ...{ user: 'ann', roles: ['administrator'], live: true, renewable: true },
      },
    });
    expect(await ann.ask('GET', '/v1/accounts/me')).toMatchObject({ status: 200, body: { user: 'ann' } });
    expect((await ann.ask('POST', '/v1/customers', {}, LOCATION)).status).toBe(201);
  });

  it('sets one cookie, which no script and no other site can read', async () => {
    const ann = await Person.signedIn('ann');
    expect([...ann.cookies.keys()]).toEqual([SESSION]);
    expect(ann.browser.attributes.get(SESSION)).toBe('; Path=/; HttpOnly; SameSite=Strict');
    expect(ann.browser.attributes.get('tessera-sign-in')).toContain('SameSite=Lax');
    expect(ann.cookies.get(SESSION)?.length).toBeLessThan(4_000);
  });

  it('is refused in another browser than the one it was started in, without a session', async () => {
    const [attacker, victim] = [new Person(), new Person()];
    const callback = await attacker.comesBack('ann');
    expect(await victim.arrive(callback)).toBe('/sign-in?problem=expired');
    await victim.begin();
    expect(await victim.arrive(callback)).toBe('/sign-in?problem=expired');
    expect(victim.cookies.has(SESSION)).toBe(false);
  });

  it('is refused with another state, and can still be completed', async () => {
    const ann = new Person();
    const callback = await ann.comesBack('ann');
    const forged = new URL(callback);
    forged.searchParams.set('state', 'made-up');
    expect(await ann.arrive(forged)).toBe('/sign-in?problem=expired');
    expect(await ann.arrive(callback)).toBe('/');
  });

  it('is completed once: neither the address nor its code is accepted again', async () => {
    const ann = new Person();
    const callback = await ann.comesBack('ann');
    const flow = ann.cookies.get('tessera-sign-in') ?? '';
    expect(await ann.arrive(callback)).toBe('/');
    expect(await ann.arrive(callback)).toBe('/sign-in?problem=expired');
    const thief = new Person();
    thief.cookies.set('tessera-sign-in', flow);
    expect(await thief.arrive(callback)).toBe('/sign-in?problem=expired');
    expect(thief.cookies.has(SESSION)).toBe(false);
  });

  it.each([
    ['https://evil.example/'],
    ['//evil.example'],
    ['/\\evil.example'],
    ['/\t/evil.example'],
    ['javascript:alert(1)'],
    ['shares'],
    ['/auth/sign-in'],
    [`/${'a'.repeat(2_000)}`],
  ])('does not return to %j', async (back) => {
    const { url, response } = await new Person().begin(back);
    expect([url.origin, response?.status]).toEqual([service.url, 400]);
    expect(await response?.json()).toMatchObject({
      code: 'malformed-request',
      errors: [{ pointer: '/back' }],
    });
  });

  it.each([
    ['stranger', 'no-role'],
    ['homeless', 'no-account'],
    ['elsewhere', 'unknown-account'],
  ])('as %s redirects to a page that explains %s', async (login, problem) => {
    const person = new Person();
    expect(await person.signIn(login, '/shares')).toBe(`/sign-in?problem=${problem}&back=%2Fshares`);
    expect(person.cookies.size).toBe(0);
  });

  it.each(['auditor', 'operator'] as const)('as %s of no account redirects to the platform', async (role) => {
    const person = await Person.signedIn(role);
    expect(await person.look()).toMatchObject({
      session: { account: { id: '', name: '' }, user: role, roles: [role] },
    });
    expect(await person.ask('GET', '/v1/accounts')).toMatchObject({
      status: 200,
      body: { items: [{ id: account }] },
    });
    expect((await person.ask('GET', '/v1/accounts/me')).status).toBe(404);
    expect((await person.ask('POST', '/v1/customers', {}, LOCATION)).status).toBe(403);
  });

  it('that is cancelled at the provider redirects to a page that explains it', async () => {
    const person = new Person();
    const { url } = await person.begin('/inbox');
    const { url: callback } = await person.browser.follow(`${url}/abort`, {}, isCallback);
    expect(await person.arrive(callback)).toBe('/sign-in?problem=denied&back=%2Finbox');
  });

  it('redirects to a page that explains that the provider does not answer', async () => {
    const person = new Person();
    const callback = await person.comesBack('ann');
    await provider.end();
    expect(await person.arrive(callback)).toBe('/sign-in?problem=unavailable');
    await provider.resume();
    expect(await new Person().signIn('ann')).toBe('/');
  });
});

/** Has the session end at once. */
async function expire({ cookies }: Person): Promise<void> {
  cookies.set(
    SESSION,
    await company.over(cookies.get(SESSION) ?? '', { renewable: provider.givesRefreshTokens }),
  );
}

describe('a session', () => {
  it.each<[what: string, headers: Record<string, string>, status: number, code: string]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403, 'cross-site'],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }, 403, 'cross-site'],
    ['no page', { 'sec-fetch-site': 'none' }, 403, 'cross-site'],
    ['a foreign origin', { origin: 'https://evil.example' }, 403, 'cross-site'],
    ['an opaque origin', { origin: 'null' }, 403, 'cross-site'],
    ['a page of somebody else', { 'tessera-session': 'somebody-else' }, 401, 'other-session'],
  ])('is not accepted from %s', async (_, headers, status, code) => {
    const ann = await Person.signedIn('ann');
    for (const method of ['POST', 'GET']) {
      const path = method === 'GET' ? '/v1/accounts/me' : '/v1/customers';
      const answer = await ann.ask(method, path, headers, method === 'GET' ? undefined : LOCATION);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
  });

  it('is not accepted where the browser does not state the origin of the request', async () => {
    const ann = await Person.signedIn('ann');
    const headers = { 'tessera-session': ann.person };
    const answer = await ann.browser.open(`${service.url}/v1/accounts/me`, { headers });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'cross-site']);
  });

  it.each(['/v1/customers', '/auth/refresh', '/auth/sign-out'])(
    'is not accepted for a write to %s without the header',
    async (path) => {
      const ann = await Person.signedIn('ann');
      const headers = { 'sec-fetch-site': 'same-origin', origin: service.url };
      const answer = await ann.browser.open(`${service.url}${path}`, { method: 'POST', headers });
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        403,
        'session-header-missing',
      ]);
      expect((await ann.ask('GET', '/v1/accounts/me')).status).toBe(200);
    },
  );

  it('is ignored where a token is sent', async () => {
    const ann = await Person.signedIn('ann');
    const token = await provider.token({ account, roles: ['technician'] });
    const answer = await ann.ask('GET', '/v1/accounts/me', {
      authorization: `Bearer ${token}`,
      'sec-fetch-site': 'cross-site',
    });
    expect(answer).toMatchObject({ status: 200, body: { user: 'contractor' } });
  });

  it('that was altered is invalid', async () => {
    const ann = await Person.signedIn('ann');
    const sealed = ann.cookies.get(SESSION) ?? '';
    const at = sealed.length - 30;
    ann.cookies.set(SESSION, sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1));
    expect(await ann.ask('GET', '/v1/accounts/me')).toMatchObject({
      status: 401,
      body: { code: 'invalid-session' },
    });
    expect(await ann.ask('GET', '/auth/session')).toMatchObject({ body: { mode: 'oidc' } });
  });

  it('that has ended is renewed once, however many tabs ask', async () => {
    provider.lifetimeSeconds = 1;
    const ann = await Person.signedIn('ann');
    const expired = await until(
      () => ann.ask('GET', '/v1/accounts/me'),
      ({ status }) => status !== 200,
    );
    expect([expired.status, expired.body.code]).toEqual([401, 'session-expired']);
    expect(await ann.look()).toMatchObject({ session: { live: false, renewable: true } });
    provider.lifetimeSeconds = 600;
    const before = provider.renewals;
    const tabs = await Promise.all([1, 2, 3].map(() => ann.ask('POST', '/auth/refresh')));
    expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(provider.renewals - before).toBe(1);
    expect((await ann.ask('GET', '/v1/accounts/me')).status).toBe(200);
    await ann.ask('POST', '/auth/refresh');
    expect(provider.renewals - before).toBe(1);
  });

  it('that cannot be renewed has ended', async () => {
    provider.givesRefreshTokens = false;
    const ann = await Person.signedIn('ann');
    await expire(ann);
    expect(await ann.ask('GET', '/v1/accounts/me')).toMatchObject({ status: 401 });
    expect(await ann.ask('POST', '/auth/refresh')).toMatchObject({
      status: 401,
      body: { code: 'session-expired' },
    });
  });

  it('is not renewed for a person without a role', async () => {
    const gone = await Person.signedIn('gone');
    await expire(gone);
    company.employ('gone');
    expect(await gone.ask('POST', '/auth/refresh')).toMatchObject({
      status: 401,
      body: { code: 'session-expired' },
    });
  });

  it('is kept where the provider does not answer', async () => {
    const ann = await Person.signedIn('ann');
    await expire(ann);
    await provider.end();
    expect(await ann.ask('POST', '/auth/refresh')).toMatchObject({
      status: 503,
      body: { code: 'issuer-unavailable' },
    });
    expect(ann.cookies.has(SESSION)).toBe(true);
    await provider.resume();
  });

  it('receives changes until sign-out, and no copy of it is accepted afterwards', async () => {
    const ann = await Person.signedIn('ann');
    const stream = await ann.browser.open(`${service.url}/v1/changes?cursor=now`, {
      headers: { accept: 'text/event-stream', 'sec-fetch-site': 'same-origin' },
    });
    expect(stream.status).toBe(200);
    const parts = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const { body } = await ann.ask('POST', '/v1/customers', {}, { ...LOCATION, name: 'Told of' });
    let received = '';
    for (let part = await parts?.read(); part?.value !== undefined; part = await parts?.read()) {
      received += part.value;
      if (received.includes(body.id)) break;
    }
    expect(received).toContain(body.id);
    const copied = ann.cookies.get(SESSION) ?? '';
    const { location } = (await ann.ask('POST', '/auth/sign-out')).body;
    expect(location).toMatch(new RegExp(`^${provider.issuer}/session/end\\?.*id_token_hint=`));
    expect(ann.cookies.has(SESSION)).toBe(false);
    ann.cookies.set(SESSION, copied);
    for (const [method, path] of [
      ['GET', '/v1/accounts/me'],
      ['POST', '/auth/refresh'],
    ] as const) {
      expect(await ann.ask(method, path)).toMatchObject({ status: 401, body: { code: 'session-expired' } });
    }
    // Authorisation is checked before the next change is sent.
    const bob = await Person.signedIn('bob');
    const later = await bob.ask('POST', '/v1/customers', {}, { ...LOCATION, name: 'Not told of' });
    expect(later.status).toBe(201);
    for (let part = await parts?.read(); part?.value !== undefined; part = await parts?.read()) {
      received += part.value;
    }
    expect(received).not.toContain(later.body.id);
  });
});
