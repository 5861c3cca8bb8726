import { describe, expect, it } from '@jest/globals';
import { Tessera } from '#client';
import { DESK, PHONE, type Stage, type Visitor } from '../stage.ts';

/** Of a company that has just been registered. */
const EMPTY = [
  '/',
  '/inbox',
  '/shares',
  '/connections',
  '/catalogue',
  '/catalogue/import',
  '/access',
  '/settings',
];

const LONG = 'Maatschappij voor Klimaatbeheersing en Warmteterugwinning Noordwest-Nederland en Omstreken';
/** As long as names may be, with nothing at which a line could end. */
const UNBROKEN = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
  .repeat(3)
  .slice(0, 200);

/** What the screens come to where there is nothing, and where names are as long as they may be. */
export function extremeStories(stage: () => Stage): void {
  describe('a company', () => {
    it('without data sees an explanation on each screen', async () => {
      await register(stage(), 'Nieuw in het vak');
      const visitor = await signIn(stage(), 'Nieuw in het vak');
      await visitor.page.getByRole('link', { name: 'Connect with a company' }).waitFor();
      await visitor.page.getByRole('link', { name: 'import your machines' }).waitFor();
      await lookAt(visitor, 'empty', EMPTY);
    });

    it('whose names are very long can be worked with, on a phone too', async () => {
      const api = await register(stage(), LONG);
      const address = { street: UNBROKEN, city: UNBROKEN, postalCode: '1234 AB', country: 'NL' };
      const customer = await api.post('/v1/customers', { body: { name: UNBROKEN, address } });
      const ofCustomer = { customerId: customer.id, name: UNBROKEN, address };
      const location = await api.post('/v1/locations', { body: ofCustomer });
      const machine = {
        locationId: location.id,
        reference: UNBROKEN.slice(0, 100),
        brand: UNBROKEN.slice(0, 100),
      };
      const installation = await api.post('/v1/installations', { body: machine });
      const connection = await api.post('/v1/connections', { body: { label: UNBROKEN } });
      const other = await stage().api('Polder');
      const body = { token: connection.token ?? '', label: LONG };
      await other.post('/v1/connections/authenticate', { body });
      const asked = { connectionId: connection.id, name: UNBROKEN, explanation: UNBROKEN } as const;
      const share = await api.post('/v1/shares', { body: { ...asked, suggestedLevel: 'customer' } });
      const visitor = await signIn(stage(), LONG);
      await lookAt(visitor, 'long', [
        '/',
        '/shares',
        `/shares/${share.id}`,
        '/connections',
        `/connections/${connection.id}`,
        '/catalogue',
        '/catalogue?show=installations',
        `/catalogue/customers/${customer.id}`,
        `/catalogue/locations/${location.id}`,
        `/installations/${installation.id}`,
        `/audit/shares/${share.id}`,
        '/settings',
      ]);
    });
  });
}

/** Registers a company. @returns the API, as its administrator */
async function register(stage: Stage, name: string): Promise<Tessera> {
  const { url } = stage.service;
  const operator = new Tessera({ url, token: await tokenOf(url, '', 'operator') });
  const company = {
    ...{ name, vatNumber: 'NL001234567B01', street: 'Kade 1' },
    ...{ postalCode: '3011 AA', city: 'Rotterdam', country: 'NL' },
  };
  const { id } = await operator.post('/v1/accounts', { body: { kind: 'service', name, company } });
  return new Tessera({ url, token: await tokenOf(url, id, 'administrator') });
}

async function tokenOf(url: string, account: string, role: string): Promise<string> {
  const response = await fetch(`${url}/dev/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, roles: [role] }),
  });
  return ((await response.json()) as { readonly token: string }).token;
}

async function signIn(stage: Stage, name: string): Promise<Visitor> {
  const visitor = await stage.visit();
  await visitor.page.goto('/sign-in');
  await visitor.page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await visitor.page.getByRole('heading', { level: 1, name }).waitFor();
  return visitor;
}

/** Pictures of screens, for whoever looks at them; on a phone nothing goes over the edge. */
async function lookAt(visitor: Visitor, name: string, paths: readonly string[]): Promise<void> {
  const over: string[] = [];
  for (const [index, path] of paths.entries()) {
    await visitor.goto(path);
    const what = path.split(/[/?]/).filter(Boolean).slice(0, 2).join('-') || 'home';
    const file = `${name}-${String(index + 1).padStart(2, '0')}-${what.replaceAll(/[0-9a-f]{8}-[0-9a-f-]+/g, 'one')}`;
    await visitor.screenshot(`${file}.light`);
    await visitor.page.setViewportSize(PHONE);
    if ((await visitor.sideways()) > 0) over.push(path);
    await visitor.screenshot(`${file}.phone`);
    await visitor.page.setViewportSize(DESK);
  }
  expect(over).toEqual([]);
}
