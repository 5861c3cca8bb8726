import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { Stage } from '../stage.ts';
import { askFor } from './asking.ts';

/** What those do who are members of no company. */
export function platformStories(stage: () => Stage): void {
  describe('a member of no company', () => {
    it('audits any company, downloads evidence, and sees no other screens', async () => {
      const { page } = await stage().visit();
      await page.goto('/shares');
      await page.getByRole('button', { name: /^Auditor/ }).click();
      await page.getByRole('heading', { name: 'Companies' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('koudewacht');
      await page.waitForURL('**/companies?q=koudewacht');
      await page
        .getByRole('table')
        .getByRole('link', { name: /^Koudewacht/ })
        .click();
      await page.getByRole('heading', { name: /^Audit: Koudewacht/ }).waitFor();
      await page.getByRole('link', { name: 'What it could see' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Evidence' }).first().click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^evidence-.*\.json$/);
      expect(
        await page.getByRole('navigation', { name: 'Main' }).getByRole('listitem').allTextContents(),
      ).toEqual(['Companies', 'Audit']);
      await page.goto('/shares');
      await page.waitForURL('**/companies');
    });

    it('downloads the complete record, or that of some days', async () => {
      const { page } = await stage().visit();
      await page.goto('/audit');
      await page.getByRole('button', { name: /^Auditor/ }).click();
      for (const [day, isMuch] of [
        ['2001-01-01', false],
        ['', true],
      ] as const) {
        await page.getByLabel('Until').fill(day);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: 'For programs (NDJSON)' }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(day === '' ? 'record.ndjson' : `record-${day}.ndjson`);
        const lines = (await text(await download.createReadStream())).split('\n').filter(Boolean);
        expect(lines.length > 1_000).toBe(isMuch);
      }
    });

    it('reads names where they are known, and what happens meanwhile', async () => {
      const contractor = await stage().api('Koudewacht');
      const id = await askFor(contractor, 'Noordlicht', 'Asked while it is looked at');
      const { page } = await stage().visit();
      await page.goto(`/audit/shares/${id}`);
      await page.getByRole('button', { name: /^Auditor/ }).click();
      await page.getByRole('heading', { name: 'Audit: Asked while it is looked at' }).waitFor();
      await page
        .getByRole('definition')
        .getByRole('link', { name: 'Noordlicht Vastgoed', exact: true })
        .waitFor();
      const between = 'Koudewacht Installatietechniek – Noordlicht Vastgoed';
      await page.getByRole('definition').getByRole('link', { name: between }).waitFor();
      await contractor.post('/v1/shares/{id}/cancel', { params: { path: { id } } });
      await page.getByRole('definition').getByText('Cancelled', { exact: true }).waitFor();
    });

    it('registers a company, and finds it, as others do who look at the list', async () => {
      const [{ page }, { page: other }] = await Promise.all([stage().visit(), stage().visit()]);
      for (const each of [page, other]) {
        await each.goto('/sign-in');
        await each.getByRole('button', { name: /^Platform operator/ }).click();
        await each.getByRole('cell', { name: 'Polder Klimaat', exact: true }).waitFor();
      }
      await page.getByRole('button', { name: 'Register a company' }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Zuiderzon Koeling');
      await form.getByRole('button', { name: 'Register the company' }).click();
      await form.getByRole('alert').waitFor();
      for (const [label, value] of [
        ['Registered name', 'Zuiderzon Koeling bv'],
        ['Street and number', 'Havenlaan 12'],
        ['Postal code', '9000'],
        ['City', 'Gent'],
        ['Country', 'BE'],
        ['VAT number', 'BE0123456749'],
      ] as const) {
        await form.getByRole('textbox', { name: label }).fill(value);
      }
      await form.getByRole('button', { name: 'Register the company' }).click();
      await page.getByRole('cell', { name: 'Zuiderzon Koeling', exact: true }).waitFor();
      await other.getByRole('cell', { name: 'Zuiderzon Koeling', exact: true }).waitFor();
    });
  });
}
