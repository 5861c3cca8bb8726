import { describe, it } from '@jest/globals';
import type { Stage } from '../stage.ts';

/** How one gets anywhere by a few letters. */
export function paletteStories(stage: () => Stage): void {
  describe('the palette', () => {
    it('leads to a screen, a share, a customer and a machine, by the keyboard alone', async () => {
      const { page } = await stage().visit('Koudewacht');
      const search = page.getByRole('dialog').getByRole('textbox', { name: 'Search everything' });
      // As fast as people type who know what they want: Enter comes before anything is found.
      const go = async (words: string) => {
        await page.keyboard.press('Control+k');
        // What is typed before it has the focus goes elsewhere.
        await page.getByRole('dialog').locator('input:focus').waitFor();
        await page.keyboard.type(words);
        await page.keyboard.press('Enter');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };
      await page.goto('/');
      await page.getByRole('heading', { name: 'Koudewacht' }).waitFor();
      await go('connec');
      await page.getByRole('heading', { name: 'Connections' }).waitFor();
      await go('onderhoudscontract');
      await page.getByRole('heading', { name: 'Onderhoudscontract 2026' }).waitFor();
      await go('zuivelhof');
      await page.getByRole('heading', { name: 'Zuivelhof De Vier Bruggen' }).waitFor();
      await go('kou-0001');
      await page.getByRole('heading', { name: 'KOU-0001' }).waitFor();
      await page.keyboard.press('Control+k');
      await search.fill('no such thing');
      await page.getByText('Nothing fits.').waitFor();

      await search.fill('add cust');
      await page.getByRole('dialog').getByRole('button', { name: 'Add customer' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Add a customer' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await search.fill('create a conn');
      await page.getByRole('dialog').getByRole('button', { name: 'Create a connection' }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('textbox', { name: 'Label' }).waitFor();
    });
  });
}
