import type { Stage, Visitor } from './stage.ts';

/** A screen as it is looked at: in light, in dark, and on a phone. */
export interface Look {
  /** Of its pictures. */
  readonly name: string;
  /** A part of the name of the company whose administrator looks; without it nobody has signed in. */
  readonly as?: string;
  readonly path: string | ((stage: Stage) => Promise<string>);
  /** What is done before it is looked at. */
  readonly after?: (visitor: Visitor) => Promise<void>;
}

/** The address of the first share that a company finds. */
const share =
  (company: string, query: object, rest = '') =>
  async (stage: Stage) => {
    const { items } = await (await stage.api(company)).get('/v1/shares', { params: { query } });
    return `/shares/${items[0]?.id}${rest}`;
  };

const toEvaluate = (rest = '') => share('Noordlicht', { status: 'to-evaluate' }, `/evaluate${rest}`);
const given = (rest = '') => share('Koudewacht', { role: 'provider', status: 'processed' }, rest);

/** The address of an entry of the catalogue of a company: the first that it finds. */
const entry =
  (company: string, path: '/v1/customers' | '/v1/locations', screen: string) => async (stage: Stage) => {
    const { items } = await (await stage.api(company)).get(path, {});
    return `${screen}/${items[0]?.id}`;
  };

const installation =
  (company: string, query: object, rest = '') =>
  async (stage: Stage) => {
    const { items } = await (await stage.api(company)).get('/v1/installations', { params: { query } });
    return `/installations/${items[0]?.id}${rest}`;
  };

/** The address of the audit of what has that address. */
const history = (of: (stage: Stage) => Promise<string>) => async (stage: Stage) => `/audit${await of(stage)}`;

const toProcess = (company: string) => share(company, { role: 'requester', status: 'available' }, '/process');

let registered: Promise<string> | undefined;

/** The address of a webhook that was sent a test, which nobody took: one for all who look. */
function webhook(stage: Stage): Promise<string> {
  registered ??= register(stage);
  return registered;
}

async function register(stage: Stage): Promise<string> {
  const administrator = await stage.api('Koudewacht');
  const body = {
    url: 'http://127.0.0.1:9/tessera',
    types: ['share.revoked'],
    description: 'Planning',
  } as const;
  const { id } = await administrator.post('/v1/webhooks', { body });
  await administrator.post('/v1/webhooks/{id}/test', { params: { path: { id } } });
  return `/settings/webhooks/${id}`;
}

/** Every screen. */
export const LOOKS: readonly Look[] = [
  { name: 'sign-in', path: '/sign-in' },
  {
    name: 'companies',
    path: '/sign-in',
    after: async ({ page }) => {
      await page.getByRole('button', { name: /^Auditor/ }).click();
      await page
        .getByRole('table')
        .getByRole('link', { name: /^Koudewacht/ })
        .waitFor();
    },
  },
  {
    name: 'company-register',
    path: '/sign-in',
    after: async ({ page }) => {
      await page.getByRole('button', { name: /^Platform operator/ }).click();
      await page.getByRole('button', { name: 'Register a company' }).click();
      await page.getByRole('dialog').getByLabel('Certificate number').waitFor();
    },
  },
  { name: 'home', as: 'Noordlicht', path: '/' },
  { name: 'inbox', as: 'Koudewacht', path: '/inbox' },
  { name: 'shares', as: 'Koudewacht', path: '/shares' },
  { name: 'shares-none-found', as: 'Koudewacht', path: '/shares?q=nothing' },
  { name: 'share-to-evaluate', as: 'Noordlicht', path: share('Noordlicht', { status: 'to-evaluate' }) },
  { name: 'share-overview', as: 'Koudewacht', path: given() },
  { name: 'share-installations', as: 'Koudewacht', path: given('?tab=installations') },
  { name: 'share-history', as: 'Koudewacht', path: given('?tab=history') },
  { name: 'share-documents', as: 'Koudewacht', path: given('?tab=documents') },
  {
    name: 'palette',
    as: 'Koudewacht',
    path: '/',
    after: async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('textbox', { name: 'Search everything' }).fill('win');
      await page.getByRole('dialog').getByText('Noordlicht Winkels').first().waitFor();
    },
  },
  { name: 'access', as: 'Noordlicht', path: '/access' },
  { name: 'access-by-machine', as: 'Noordlicht', path: '/access?by=installation' },
  { name: 'audit', as: 'Koudewacht', path: '/audit' },
  { name: 'audit-share', as: 'Koudewacht', path: history(given()) },
  {
    name: 'audit-access',
    as: 'Koudewacht',
    path: history(installation('Koudewacht', { access: 'installation-manager' }, '?tab=access')),
  },
  {
    name: 'audit-start-of-auditor',
    path: '/audit',
    after: async ({ page }) => {
      await page.getByRole('button', { name: /^Auditor/ }).click();
      await page.getByRole('button', { name: 'For a spreadsheet' }).waitFor();
    },
  },
  {
    name: 'audit-share-of-auditor',
    path: history(given()),
    after: async ({ page }) => {
      await page.getByRole('button', { name: /^Auditor/ }).click();
      await page.getByRole('heading', { name: 'As it is now' }).waitFor();
      await page.getByText('Polder Klimaat', { exact: true }).first().waitFor();
    },
  },
  { name: 'audit-record', as: 'Koudewacht', path: history(given('?tab=record')) },
  { name: 'connections', as: 'Koudewacht', path: '/connections' },
  {
    name: 'connection-ending',
    as: 'Koudewacht',
    path: async (stage) => {
      const { items } = await (await stage.api('Koudewacht')).get('/v1/connections', {});
      return `/connections/${items[0]?.id}`;
    },
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'End the connection' }).click();
      await page.getByRole('radio', { name: /^Leave it/ }).waitFor();
    },
  },
  { name: 'request', as: 'Koudewacht', path: '/shares/new' },
  { name: 'evaluate-level', as: 'Noordlicht', path: toEvaluate() },
  {
    name: 'evaluate-select',
    as: 'Noordlicht',
    path: toEvaluate('?step=select&level=installation'),
    after: async ({ page }) => {
      await page.getByRole('checkbox').nth(1).check();
      await page.getByRole('checkbox').nth(3).check();
    },
  },
  {
    name: 'evaluate-confirm',
    as: 'Noordlicht',
    path: toEvaluate('?step=select&level=customer'),
    after: async ({ page }) => {
      await page.getByRole('checkbox', { name: /^Noordlicht Logistiek/ }).check();
      await page.getByRole('link', { name: /^Go on/ }).click();
      await page.getByRole('radio', { name: /^Subcontractor/ }).click();
      await page.getByLabel('Until (optional)').fill(`${new Date().getFullYear() + 1}-06-30`);
      await page.getByText(/^It ends on/).waitFor();
    },
  },
  { name: 'catalogue', as: 'Noordlicht', path: '/catalogue' },
  { name: 'catalogue-installations', as: 'Noordlicht', path: '/catalogue?show=installations' },
  {
    name: 'customer',
    as: 'Noordlicht',
    path: entry('Noordlicht', '/v1/customers', '/catalogue/customers'),
  },
  {
    name: 'location',
    as: 'Noordlicht',
    path: entry('Noordlicht', '/v1/locations', '/catalogue/locations'),
  },
  { name: 'import', as: 'Koudewacht', path: '/catalogue/import' },
  {
    name: 'import-with-failed-rows',
    as: 'Koudewacht',
    path: async (stage) => {
      const { items } = await (await stage.api('Koudewacht')).get('/v1/catalogue/imports', {});
      return `/catalogue/import?id=${items[0]?.id}`;
    },
  },
  {
    name: 'installation',
    as: 'Koudewacht',
    path: installation('Koudewacht', { access: 'installation-manager' }),
  },
  {
    name: 'installation-properties',
    as: 'Koudewacht',
    path: installation('Koudewacht', { access: 'installation-manager' }, '?tab=properties'),
  },
  {
    name: 'installation-documents',
    as: 'Koudewacht',
    path: installation('Koudewacht', { access: 'installation-manager' }, '?tab=documents'),
  },
  {
    name: 'installation-access',
    as: 'Koudewacht',
    path: installation('Koudewacht', { access: 'installation-manager' }, '?tab=access'),
  },
  { name: 'process', as: 'Atlântica', path: toProcess('Atlântica') },
  { name: 'process-in-part', as: 'Brennerkälte', path: toProcess('Brennerkälte') },
  {
    name: 'process-change',
    as: 'Brennerkälte',
    path: toProcess('Brennerkälte'),
    after: async ({ page }) => {
      await page
        .getByRole('button', { name: /^Change where/ })
        .first()
        .click();
      await page.getByRole('radio', { name: /^One of your locations/ }).click();
      await page.getByRole('radiogroup', { name: 'Your locations' }).getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'process-confirm',
    as: 'Atlântica',
    path: toProcess('Atlântica'),
    after: async ({ page }) => {
      await page.getByRole('button', { name: /^Process \d+/ }).click();
      await page
        .getByRole('dialog')
        .getByText(/^You get access to/)
        .waitFor();
    },
  },
  {
    name: 'revoke',
    as: 'Koudewacht',
    path: given('/revoke'),
    after: async ({ page }) => {
      await page.getByRole('checkbox').nth(1).check();
      await page.getByRole('heading', { name: 'What happens' }).waitFor();
    },
  },
  {
    name: 'revoke-everything',
    as: 'Koudewacht',
    path: given('/revoke'),
    after: async ({ page }) => {
      await page.getByRole('radio', { name: 'Everything that can be revoked' }).click();
      await page.getByRole('button', { name: /^Revoke \d+/ }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).waitFor();
    },
  },
  { name: 'settings', as: 'Koudewacht', path: '/settings' },
  {
    name: 'settings-change',
    as: 'Koudewacht',
    path: '/settings',
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'Change the details' }).click();
      await page.getByRole('dialog').getByLabel('Certificate number').waitFor();
    },
  },
  { name: 'settings-you', as: 'Koudewacht', path: '/settings?tab=you' },
  { name: 'settings-api', as: 'Koudewacht', path: '/settings?tab=api' },
  { name: 'webhooks-none', as: 'Noordlicht', path: '/settings?tab=webhooks' },
  {
    name: 'webhook-register',
    as: 'Noordlicht',
    path: '/settings?tab=webhooks',
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'Register a webhook' }).click();
      await page.getByRole('combobox', { name: 'Changes' }).fill('share.re');
      await page.getByRole('option', { name: 'share.revoked' }).click();
    },
  },
  {
    name: 'webhook',
    as: 'Koudewacht',
    path: webhook,
    after: async ({ page }) => {
      await page.getByText('No connection came about').first().waitFor();
    },
  },
  {
    name: 'webhook-delivery',
    as: 'Koudewacht',
    path: webhook,
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'webhook.test' }).first().click();
      await page.getByRole('dialog').getByText('No connection came about').first().waitFor();
    },
  },
  {
    name: 'webhook-secret',
    as: 'Koudewacht',
    path: webhook,
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Another secret' }).click();
      await page.getByRole('button', { name: 'Make another secret' }).click();
      await page.getByRole('textbox', { name: 'Secret' }).waitFor();
    },
  },
  {
    name: 'webhook-removing',
    as: 'Koudewacht',
    path: webhook,
    after: async ({ page }) => {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByRole('dialog').getByText('This cannot be undone.').waitFor();
    },
  },
  {
    name: 'webhooks',
    as: 'Koudewacht',
    path: async (stage) => {
      await webhook(stage);
      return '/settings?tab=webhooks';
    },
  },
  { name: 'no-such-page', as: 'Koudewacht', path: '/nowhere' },
];
