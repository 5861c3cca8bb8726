// People who sign in to the console at a real OpenID provider, in a real browser.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { CompanyWithIssuer } from '../acceptance/company-with-issuer.ts';
import { startChromium } from './chromium.ts';
import { PHONE, Visitor } from './stage.ts';

let company: CompanyWithIssuer;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  [company, browser] = await Promise.all([CompanyWithIssuer.start(), startChromium()]);
  company.employ('ann', 'administrator');
  company.employ('bob', 'manager');
  company.employ('nobody');
  company.provider.people.set('eve', { roles: ['auditor'] });
});

afterAll(async () => {
  await browser.close();
  await company.end();
});

beforeEach(async () => {
  visitor = await Visitor.enter(browser, company.service.url);
});

afterEach(async () => {
  await visitor.context.close();
  // The provider's own pages ask for letters from elsewhere.
  const { issuer } = company.provider;
  expect(visitor.faults.filter((fault) => !fault.startsWith(issuer))).toEqual([]);
});

/** Enters a name at the provider's page. */
async function enterName(page: Page, name: string): Promise<void> {
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
}

/** Signs in, and comes to a page of the console. */
async function signIn(page: Page, name: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await enterName(page, name);
}

/** Has the session end. @param renewable whether the provider gave what to renew it with */
async function expire(renewable: boolean): Promise<void> {
  await visitor.settled();
  const cookies = await visitor.context.cookies();
  const session = cookies.find(({ name }) => name === 'tessera-session');
  if (session === undefined) throw new Error('Nobody is signed in.');
  await visitor.context.addCookies([{ ...session, value: await company.over(session.value, { renewable }) }]);
}

describe('signing in to the console', () => {
  it('redirects through the provider and back to the requested page, with nothing for scripts to read', async () => {
    const { page } = visitor;
    await page.goto('/catalogue?q=x');
    await page.getByRole('heading', { name: 'Sign in to Tessera' }).waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await visitor.sideways()).toBeLessThanOrEqual(0);
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await enterName(page, 'ann');
    await page.waitForURL('**/catalogue?q=x');
    expect(
      await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })'),
    ).not.toMatch(/eyJ/);
  });

  it('explains why somebody cannot use the console, and shows the platform to members of no company', async () => {
    const { page } = visitor;
    await signIn(page, 'nobody');
    await page.getByRole('alert').getByText('have no role here yet').waitFor();
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('link', { name: 'Sign in as somebody else' }).click();
    await enterName(page, 'eve');
    await page.getByRole('heading', { name: 'Companies' }).waitFor();
    await page.getByRole('link', { name: 'Frigo North' }).click();
    await page.getByRole('heading', { name: 'Audit: Frigo North' }).waitFor();
  });

  it('continues where a session ended, and executes the pending write once', async () => {
    const { page } = visitor;
    await signIn(page, 'ann', '/catalogue');
    await page.getByRole('button', { name: 'Add customer' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Kaasmakerij De Vos');
    await page.getByRole('textbox', { name: 'Street and number', exact: true }).fill('Kade 3');
    await page.getByRole('textbox', { name: 'City', exact: true }).fill('Gouda');
    await expire(false);
    await page.getByRole('dialog').getByRole('button', { name: 'Add customer' }).click();
    await page.getByRole('dialog', { name: 'You were signed out' }).waitFor();
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Sign in again' }).click(),
    ]);
    // The provider still knows who it is, and asks nothing.
    if (!popup.isClosed()) await popup.waitForEvent('close');
    await page
      .getByRole('link', { name: 'Kaasmakerij De Vos' })
      .or(page.getByRole('heading', { name: 'Kaasmakerij De Vos' }))
      .first()
      .waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is renewed in the background where the provider allows it', async () => {
    const { page } = visitor;
    await signIn(page, 'ann');
    await page.getByRole('heading', { name: 'Frigo North' }).waitFor();
    const before = company.provider.renewals;
    await expire(true);
    await page.getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('heading', { name: 'Not connected with anyone yet' }).waitFor();
    expect(company.provider.renewals - before).toBe(1);
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('ends in all tabs when somebody signs out in one, and at the provider', async () => {
    const { page, context } = visitor;
    await signIn(page, 'ann');
    await page.getByRole('heading', { name: 'Frigo North' }).waitFor();
    const other = await context.newPage();
    await other.goto('/shares');
    await other.getByRole('heading', { name: 'Shares', level: 1 }).waitFor();
    await page.getByRole('button', { name: /^Account and settings/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.waitForURL('**/sign-in');
    await page.getByRole('button', { name: /^Yes/ }).click();
    await page.waitForURL('**/sign-in');
    await page.getByRole('link', { name: 'Sign in', exact: true }).click();
    await enterName(page, 'bob');
    await page.getByRole('heading', { name: 'Frigo North' }).waitFor();
    // Whoever waits in another tab goes on, too.
    await other.getByRole('heading', { name: 'Frigo North' }).waitFor();
  });
});
