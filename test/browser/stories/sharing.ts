import { describe, expect, it } from '@jest/globals';
import { report } from '../budgets.ts';
import type { Stage } from '../stage.ts';
import { askFor } from './asking.ts';

const REQUEST_CLICKS = 5;
const EVALUATE_CLICKS = 8;

/** How companies connect, ask, and give. */
export function sharingStories(stage: () => Stage): void {
  describe('connecting', () => {
    it('by a token that is copied with spaces and line ends; renamed, and ended with its effect shown', async () => {
      const [creator, other] = await Promise.all([stage().visit('Brisa'), stage().visit('Polder')]);
      await creator.goto('/connections');
      await creator.page.getByRole('button', { name: 'Create a connection' }).first().click();
      await creator.page.getByRole('textbox', { name: 'Label' }).fill('Polder, via Ana');
      await creator.page.getByRole('button', { name: 'Create and show the token' }).click();
      const token = await creator.page.getByRole('textbox', { name: 'Token' }).inputValue();
      await creator.page.getByRole('button', { name: 'I have copied it' }).click();

      await other.goto('/connections');
      await other.page.getByRole('button', { name: 'Enter a token' }).click();
      await other.page
        .getByRole('textbox', { name: 'Token' })
        .fill(`  ${token.slice(0, 9)}\n ${token.slice(9)} \n`);
      await other.page.getByRole('textbox', { name: 'Label' }).fill('Brisa');
      await other.page.getByRole('button', { name: 'Connect', exact: true }).click();
      await other.page.getByRole('heading', { name: 'Brisa Hoteles' }).waitFor();

      // The creator sees it without doing anything.
      await creator.page.getByRole('link', { name: 'Polder Klimaat' }).click();
      await creator.page.getByRole('button', { name: 'Rename' }).click();
      await creator.page.getByRole('textbox', { name: 'Label' }).fill('Polder');
      await creator.page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
      await creator.page
        .getByRole('definition')
        .filter({ hasText: /^Polder$/ })
        .waitFor();

      await other.page.getByRole('button', { name: 'End the connection' }).click();
      const dialog = other.page.getByRole('dialog');
      await dialog.getByText('No request is open between you.').waitFor();
      await dialog.getByRole('button', { name: 'End the connection' }).click();
      await creator.page.getByText('Ended').waitFor();
    });

    it('is refused with an explanation for an invalid token', async () => {
      const { page } = await stage().visit('Polder');
      await page.goto('/connections');
      await page.getByRole('button', { name: 'Enter a token' }).click();
      await page.getByRole('textbox', { name: 'Token' }).fill('no such token');
      await page.getByRole('textbox', { name: 'Label' }).fill('Nobody');
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await page.getByRole('alert').getByText('This token does not open a connection.').waitFor();
      expect(await page.getByRole('textbox', { name: 'Label' }).inputValue()).toBe('Nobody');
    });

    it('is for administrators; others see the reason', async () => {
      const { page } = await stage().visit('Polder', { role: 'manager' });
      await page.goto('/connections');
      await page.getByRole('button', { name: 'Create a connection' }).focus();
      await page.getByRole('tooltip', { name: /Only an administrator/ }).waitFor();
    });
  });

  describe('sharing', () => {
    it('one requests and the other gives a customer, each in few clicks, and both see its status', async () => {
      const [asks, gives] = await Promise.all([stage().visit('Koudewacht'), stage().visit('Noordlicht')]);
      const name = 'Kantoren, heel het land';
      await Promise.all([asks.goto('/'), gives.goto('/')]);
      await asks.click(asks.page.getByRole('link', { name: 'Shares' }));
      await asks.click(asks.page.getByRole('link', { name: 'Request installations' }));
      await asks.click(asks.page.getByRole('combobox', { name: 'Company' }));
      await asks.click(asks.page.getByRole('option', { name: 'Noordlicht Vastgoed' }));
      await asks.page.getByLabel('What you ask for').fill(name);
      await asks.click(asks.page.getByRole('button', { name: 'Ask Noordlicht Vastgoed' }));
      await asks.page.getByRole('heading', { name }).waitFor();
      const requested = asks.takeClicks();

      await gives.click(gives.page.getByRole('link', { name: `Evaluate ${name}` }));
      await gives.click(gives.page.getByRole('link', { name: 'Select customers' }));
      await gives.click(gives.page.getByRole('checkbox', { name: /^Noordlicht Logistiek/ }));
      await gives.page.reload();
      await gives.page.getByRole('heading', { name: '1 picked' }).waitFor();
      await gives.click(gives.page.getByRole('link', { name: 'Go on with 1 picked' }));
      await gives.click(gives.page.getByRole('radio', { name: /^On loan/ }));
      const nextYear = new Date().getFullYear() + 1;
      await gives.page.getByLabel('Until (optional)').fill(`${nextYear}-06-29`);
      await gives.page.getByText(/^It ends on/).waitFor();
      await gives.click(gives.page.getByRole('button', { name: /^Share \d+ installation/ }));
      await gives.page.getByRole('heading', { name, level: 1 }).waitFor();
      const evaluated = gives.takeClicks();
      report('clicks to request', String(requested), String(REQUEST_CLICKS));
      report('clicks to evaluate one customer', String(evaluated), String(EVALUATE_CLICKS));
      expect(requested).toBeLessThanOrEqual(REQUEST_CLICKS);
      expect(evaluated).toBeLessThanOrEqual(EVALUATE_CLICKS);
      await asks.page.getByText('To process').waitFor();

      // Access ends with that day, and may be extended (R-E1, R-E4).
      await gives.page.getByText(new RegExp(`^Access ends on 30 June ${nextYear}.*days`)).waitFor();
      await gives.page.getByRole('button', { name: 'Extend' }).click();
      await gives.page.getByRole('dialog').getByLabel('Until').fill(`${nextYear}-08-30`);
      await gives.page.getByRole('dialog').getByRole('button', { name: 'Extend the access' }).click();
      await asks.page.getByText(new RegExp(`^Access ends on 31 August ${nextYear}`)).waitFor();
    });

    it('what someone else has decided meanwhile is not decided again', async () => {
      const contractor = await stage().api('Koudewacht');
      const id = await askFor(contractor, 'Noordlicht');
      const { page } = await stage().visit('Noordlicht');
      await page.goto(`/shares/${id}/evaluate?step=select&level=customer`);
      await page.getByRole('checkbox', { name: /^Noordlicht Logistiek/ }).check();
      await page.getByRole('link', { name: 'Go on with 1 picked' }).click();
      await page.getByRole('radio', { name: /^On loan/ }).click();
      await page.getByRole('heading', { name: 'What happens' }).waitFor();
      await contractor.post('/v1/shares/{id}/cancel', { params: { path: { id } } });
      await page.getByText('This request is not open any more').waitFor();
    });

    it('a request is rejected with a reason that the other party reads', async () => {
      const contractor = await stage().api('Koudewacht');
      const id = await askFor(contractor, 'Noordlicht');
      const [asked, gives] = await Promise.all([stage().visit('Koudewacht'), stage().visit('Noordlicht')]);
      await Promise.all([asked.goto(`/shares/${id}`), gives.goto(`/shares/${id}`)]);
      await gives.page.getByRole('button', { name: 'Reject' }).click();
      await gives.page.getByLabel('Reason').fill('Sold in spring');
      await gives.page.getByRole('dialog').getByRole('button', { name: 'Reject the request' }).click();
      await asked.page.getByText('Sold in spring').waitFor();
    });

    it('pasted references are picked, and unknown ones stay in the field', async () => {
      const owner = await stage().api('Noordlicht');
      const { items } = await owner.get('/v1/installations', { params: { query: { pageSize: 3 } } });
      const contractor = await stage().api('Koudewacht');
      const id = await askFor(contractor, 'Noordlicht');
      const { page } = await stage().visit('Noordlicht');
      await page.goto(`/shares/${id}/evaluate?step=select&level=installation`);
      await page.getByRole('button', { name: 'Paste references' }).click();
      const pasted = `${items[0]?.reference.toLowerCase()}\n${items[1]?.serialNumber};${items[2]?.token}\nNO-SUCH-1`;
      await page.getByLabel('References, serial numbers or tokens').fill(pasted);
      await page.getByRole('button', { name: 'Pick 4' }).click();
      await page.getByText('3 were found and picked.').waitFor();
      expect(await page.getByLabel('References, serial numbers or tokens').inputValue()).toBe('NO-SUCH-1');
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await page.getByRole('heading', { name: '3 picked' }).waitFor();
      await contractor.post('/v1/shares/{id}/cancel', { params: { path: { id } } });
    });
  });
}
