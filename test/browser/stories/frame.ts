import { describe, it } from '@jest/globals';
import { report } from '../budgets.ts';
import type { Stage } from '../stage.ts';

/** How long a change may take to be seen by the other party. Milliseconds. */
const SEEN_WITHIN = 1_000;

/** What holds on every screen. */
export function frameStories(stage: () => Stage): void {
  describe('around every screen', () => {
    it('a person who is not signed in signs in, and gets to the requested page', async () => {
      const { page } = await stage().visit();
      await page.goto('/shares?role=provider');
      await page.getByRole('button', { name: /^Noordlicht Vastgoed/ }).click();
      await page.waitForURL('**/shares?role=provider');
      await page.getByRole('link', { name: 'Zomercheck koelcellen 2026' }).waitFor();
      await page.getByRole('button', { name: /^Account and settings/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL('**/sign-in');
      await page.goto('/shares');
      await page.waitForURL('**/sign-in?*');
    });

    it('two tabs are two people, and what one does appears at the other', async () => {
      const contractor = await stage().api('Kältewerk');
      const { items } = await contractor.get('/v1/connections', { params: { query: { status: 'active' } } });
      const [connection] = items;
      const party = await stage().visit(connection?.counterparty?.name ?? '');
      await party.goto('/');
      const name = 'Appears by itself';
      const beganAt = performance.now();
      const body = { connectionId: connection?.id ?? '', name, suggestedLevel: 'customer' } as const;
      const { id } = await contractor.post('/v1/shares', { body });
      await party.page.getByRole('link', { name, exact: true }).waitFor();
      const seen = performance.now() - beganAt;
      report('a change of the other party, until it is seen', `${Math.round(seen)} ms`, `${SEEN_WITHIN} ms`);
      await contractor.post('/v1/shares/{id}/cancel', { params: { path: { id } } });
      await party.page.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' });
    });

    it('a session that has ended leads to sign-in, and back to the same page', async () => {
      const { page } = await stage().visit('Koudewacht');
      await page.goto('/connections');
      await page.getByRole('link', { name: 'Polder Klimaat' }).waitFor();
      const spoilt = `const kept = JSON.parse(sessionStorage.getItem('tessera.session'));
        sessionStorage.setItem('tessera.session', JSON.stringify({ ...kept, token: kept.token + 'x' }))`;
      await page.evaluate(spoilt);
      await page.getByRole('link', { name: 'Shares' }).click();
      await page.getByRole('button', { name: /^Koudewacht/ }).click();
      await page.getByRole('heading', { name: 'Shares', level: 1 }).waitFor();
    });

    it('goes by the keyboard: to a place, to the search, through a list, into a share', async () => {
      const { page } = await stage().visit('Koudewacht');
      await page.goto('/');
      await page.getByRole('heading', { name: 'Koudewacht', level: 1 }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('s');
      await page.getByRole('heading', { name: 'Shares', level: 1 }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('onderhoud');
      await page.waitForURL('**/shares?q=onderhoud');
      await page.getByRole('link', { name: 'Onderhoudscontract 2026' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Onderhoudscontract 2026' }).waitFor();
      await page.goBack();
      await page.waitForURL('**/shares?q=onderhoud');
    });

    it('keeps the chosen language', async () => {
      const { page } = await stage().visit('Koudewacht');
      await page.goto('/shares');
      await page.getByRole('button', { name: /^Account and settings/ }).click();
      await page.getByRole('menuitem', { name: 'Nederlands' }).click();
      await page.getByRole('heading', { name: 'Delingen' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Delingen' }).waitFor();
    });

    it('explains that the service cannot be reached, and continues once it can', async () => {
      const visitor = await stage().visit('Koudewacht');
      const { page } = visitor;
      await page.goto('/inbox');
      await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Mark as read' }).first().waitFor();
      await visitor.offline(async () => {
        await page.getByRole('button', { name: 'Mark all as read' }).click();
        await page.getByRole('alert').getByText('The service cannot be reached.').waitFor();
      });
      await page.getByRole('button', { name: 'Mark all as read' }).click();
      await page.getByText('You have read everything').waitFor();
    });
  });
}
