import { describe, expect, it } from '@jest/globals';
import type { Stage } from '../stage.ts';

/** What those do who are members of no company. */
export function platformStories(stage: () => Stage): void {
  describe('whoever is a member of no company', () => {
    it('audits any of them, takes the evidence along, and gets nowhere else', async () => {
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

    it('registers a company, and finds it', async () => {
      const { page } = await stage().visit();
      await page.goto('/sign-in');
      await page.getByRole('button', { name: /^Platform operator/ }).click();
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
    });
  });
}
