import { describe, expect, it } from '@jest/globals';
import { report } from '../budgets.ts';
import type { Stage } from '../stage.ts';
import { installationsOf, lend } from './asking.ts';

const PROCESS_CLICKS = 4;

/** How what was given is taken over. */
export function takingOverStories(stage: () => Stage): void {
  describe('taking over', () => {
    it('the plan is changed line by line, survives a reload, and is taken over in few clicks', async () => {
      const name = 'Manutenção hotéis da costa';
      const own = { name: 'Hotéis da costa', address: { street: 'Rua do Porto 4', city: 'Faro' } };
      await (await stage().api('Atlântica')).post('/v1/customers', { body: own });
      const visitor = await stage().visit('Atlântica');
      const { page } = visitor;
      await visitor.goto('/');
      await visitor.click(page.getByRole('link', { name: `Process ${name}` }));
      const asPlanned = page.getByRole('button', { name: /^Process \d+ installations$/ });
      await asPlanned.waitFor();
      const planned = Number((await asPlanned.textContent())?.match(/\d+/)?.[0]);
      const clicks = visitor.takeClicks() + 2;

      // One machine is not wanted: nothing of it is lost by a reload, nor by looking elsewhere.
      const change = page.getByRole('button', { name: /^Change where .* goes$/ });
      await page
        .getByRole('button', { name: /^Change where BRI-\d+ goes$/ })
        .first()
        .click();
      await page.getByRole('radio', { name: /^Decline it/ }).click();
      await page.getByRole('button', { name: 'Put it there' }).click();
      const fewer = page.getByRole('button', { name: `Process ${planned - 1} installations` });
      await fewer.waitFor();
      await page.reload();
      await fewer.waitFor();

      // The whole of it goes under a customer of one's own.
      await change.first().click();
      await page.getByRole('radio', { name: /^One of your customers/ }).click();
      await page.getByRole('searchbox', { name: 'Search your customers' }).fill('hotéis');
      await page.getByRole('radio', { name: own.name }).click();
      await page.getByRole('button', { name: 'Put it there' }).click();
      await page.getByText('changed by you').first().waitFor();

      await visitor.click(fewer);
      await page.getByText(`You get access to ${planned - 1} installations`).waitFor();
      await page.getByText('1 installation is declined').waitFor();
      await visitor.click(page.getByRole('dialog').getByRole('button', { name: /^Process/ }));
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await page.getByText(`${planned - 1} placed`).waitFor();
      await page.getByText('1 declined').waitFor();
      expect(visitor.takeClicks()).toBe(2);
      report('clicks to process all as planned', String(clicks), String(PROCESS_CLICKS));
      expect(clicks).toBeLessThanOrEqual(PROCESS_CLICKS);
    });

    it('the rest of what was taken over in part is declined, and the giver sees it', async () => {
      const visitor = await stage().visit('Brennerkälte');
      const { page } = visitor;
      await visitor.goto('/shares?status=available&role=requester');
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('link', { name: 'Process' }).click();
      await page.getByRole('button', { name: 'Decline the rest' }).click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Decline \d+ installation/ })
        .click();
      await page.getByText('Processed', { exact: true }).first().waitFor();
    });

    it('installations without a location are placed together, and nothing is left where the giver revokes them', async () => {
      const [gives, takes] = await Promise.all([stage().api('Brisa'), stage().api('Atlântica')]);
      const selection = await installationsOf(gives, 'Ciudad', 3);
      const id = await lend(gives, takes, 'Brisa', selection);
      const visitor = await stage().visit('Atlântica');
      const { page } = visitor;
      await visitor.goto(`/shares/${id}`);
      await page.getByRole('link', { name: 'Process' }).click();
      await page.getByRole('link', { name: /^Needs a decision/ }).click();
      await page.getByRole('button', { name: 'Nothing to process yet' }).waitFor();
      await page.getByRole('button', { name: 'Change where Without a location goes' }).click();
      await page.getByRole('radiogroup', { name: 'Your locations' }).getByRole('radio').first().click();
      await page.getByRole('button', { name: 'Put it there' }).click();
      await page.getByText('Nothing needs a decision').waitFor();
      await page.getByRole('button', { name: `Process ${selection.length} installations` }).waitFor();
      await gives.post('/v1/shares/{id}/revoke', { params: { path: { id } }, body: {} });
      await page.getByText('There is nothing here for you to process').waitFor();
    });
  });
}
