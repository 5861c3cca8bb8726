import { describe, expect, it } from '@jest/globals';
import type { Stage } from '../stage.ts';

/** What happened, what was so when, who has access, and how one knows. */
export function auditingStories(stage: () => Stage): void {
  describe('an audit', () => {
    it('goes back to what a share was at any moment of its history, and on from there', async () => {
      const { page } = await stage().visit('Koudewacht');
      await page.goto('/shares?role=requester&status=processed');
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('link', { name: /^As it was at any moment/ }).click();
      await page.getByRole('heading', { name: 'As it is now' }).waitFor();
      const status = page
        .locator('dt', { hasText: /^Status$/ })
        .locator('xpath=following-sibling::dd')
        .first();
      await expect(status.textContent()).resolves.toBe('Processed');
      const moments = page.getByRole('slider', { name: 'As of' });
      await moments.focus();
      await page.keyboard.press('Home');
      await page.getByRole('heading', { name: /^As it was/ }).waitFor();
      await status.filter({ hasText: 'Requested' }).waitFor();
      await page.getByRole('heading', { name: 'What is different now' }).waitFor();
      await page.reload();
      await status.filter({ hasText: 'Requested' }).waitFor();
      await page.getByRole('button', { name: 'Now' }).click();
      await status.filter({ hasText: 'Processed' }).waitFor();
      await page.getByRole('link', { name: 'The record' }).click();
      await page.getByRole('region', { name: 'Checkpoint' }).waitFor();
      for (const [button, file] of [
        ['History for a spreadsheet', /^history-.*\.csv$/],
        ['Report to print', /^report-.*\.html$/],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: button }).click(),
        ]);
        expect(download.suggestedFilename()).toMatch(file);
      }
    });
  });

  describe('an audit of what is no share', () => {
    it.each([
      ['/v1/connections', 'connections', 'Active'],
      ['/v1/installations', 'installations', 'Registered'],
    ] as const)('of %s tells what it is', async (path, kind, status) => {
      const { page } = await stage().visit('Koudewacht');
      const { items } = await (await stage().api('Koudewacht')).get(path, {});
      await page.goto(`/audit/${kind}/${items[0]?.id}`);
      await page.locator('dd').getByText(status, { exact: true }).first().waitFor();
    });
  });

  describe('the access that an account gave', () => {
    it('is listed by company, then by machine, as of any day, and as a file', async () => {
      const { page } = await stage().visit('Noordlicht');
      await page.goto('/access');
      await page.getByRole('columnheader', { name: 'Company' }).and(page.locator('[aria-sort]')).waitFor();
      const companies = page.getByRole('table').getByRole('link');
      await companies.first().waitFor();
      const names = await companies.allTextContents();
      expect(names.length).toBeGreaterThan(2);
      expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other)));
      await companies.filter({ hasText: /^Koudewacht/ }).click();
      await page.getByText('Of one company').waitFor();
      await page.getByRole('cell', { name: 'Installation manager' }).first().waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download as a file' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('access-now.csv');
      await page.getByRole('link', { name: 'By customer' }).click();
      await page.getByRole('table').getByRole('link').first().waitFor();
      await page.getByLabel('At the end of').fill('2001-01-01');
      await page.getByRole('heading', { name: 'Nobody else had access to your machines then' }).waitFor();
    });
  });
}
