import { describe, expect, it } from '@jest/globals';
import { report } from '../budgets.ts';
import type { Stage } from '../stage.ts';

const REVOKE_CLICKS = 5;
const NAME = 'Onderaanneming winkels';

/** How what was given is taken back. */
export function revokingStories(stage: () => Stage): void {
  describe('revoking', () => {
    it('losses of others further down are shown, and the name is typed, before it is done', async () => {
      const { page } = await stage().visit('Koudewacht');
      await page.goto(`/shares/${await shareId()}/revoke`);
      await page.getByRole('radio', { name: 'Everything that can be revoked' }).click();
      await page.getByRole('heading', { name: 'Further down' }).waitFor();
      await page.getByRole('img', { name: 'Who further down loses access' }).waitFor();
      await page.getByRole('button', { name: /^Revoke \d+ installations$/ }).click();
      const dialog = page.getByRole('dialog');
      const revoke = dialog.getByRole('button', { name: /^Revoke \d+ installations$/ });
      await revoke.waitFor();
      expect(await revoke.isDisabled()).toBe(true);
      await dialog.getByRole('textbox', { name: /^This cannot be undone/ }).fill(NAME);
      expect(await revoke.isDisabled()).toBe(false);
      await dialog.getByRole('button', { name: 'Leave it as it is' }).click();
    });

    it('one installation is revoked in few clicks, with a reason that the other party reads', async () => {
      const [gives, holds] = await Promise.all([stage().visit('Koudewacht'), stage().visit('Polder')]);
      const id = await shareId();
      await Promise.all([gives.goto(`/shares/${id}`), holds.goto(`/shares/${id}`)]);
      const { page } = gives;
      await gives.click(page.getByRole('link', { name: 'Revoke' }));
      await gives.click(page.getByRole('checkbox').last());
      await page.reload();
      await gives.click(page.getByRole('button', { name: 'Revoke 1 installation' }));
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('The shop is closed');
      await gives.click(dialog.getByRole('button', { name: 'Revoke 1 installation' }));
      await page.getByText('partly revoked').waitFor();
      await holds.page.getByText('partly revoked').waitFor();
      await holds.page.getByText('The shop is closed', { exact: true }).waitFor();
      const clicks = gives.takeClicks();
      report('clicks to revoke one installation', String(clicks), String(REVOKE_CLICKS));
      expect(clicks).toBeLessThanOrEqual(REVOKE_CLICKS);
    });
  });

  async function shareId(): Promise<string> {
    const query = { role: 'provider', q: NAME } as const;
    const { items } = await (await stage().api('Koudewacht')).get('/v1/shares', { params: { query } });
    return items[0]?.id ?? '';
  }
}
