import { describe, expect, it } from '@jest/globals';
import { DESK, type Stage } from '../stage.ts';

const FILE = [
  'customer_name;location_name;location_street;location_city;reference;brand;refrigerant;charge_kg',
  'Bakkerij Molenaar;Winkel;Oudegracht 12;Utrecht;AC-01;Daikin;R-32;1,5',
  'Bakkerij Molenaar;Winkel;Oudegracht 12;Utrecht;KC-02;Viessmann;R-290;0,4',
  'Bakkerij Molenaar;Winkel;Oudegracht 12;Utrecht;KC-03;Viessmann;R-290;a lot',
].join('\r\n');

const sheet = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** What a company keeps, and how it comes in. */
export function catalogueStories(stage: () => Stage): void {
  describe('the catalogue', () => {
    it('imports a file: previewed first, then imported, with failed rows as a file to correct', async () => {
      const { page } = await stage().visit('Kältewerk');
      await page.goto('/catalogue');
      await page.getByRole('link', { name: 'Import a file' }).click();
      await page.locator('input[type=file]').setInputFiles(sheet('machines.csv', FILE));
      await page.getByRole('heading', { name: '1 row is left out' }).waitFor();
      await page.getByRole('cell', { name: 'charge_kg must be a number.' }).waitFor();
      await page.getByRole('heading', { name: '8 columns are recognised' }).waitFor();
      await page.getByRole('button', { name: 'Import 2 rows' }).click();
      await page.getByRole('heading', { name: '2 rows were imported' }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download the rows that failed' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('failed-rows.csv');
      await page.getByRole('link', { name: 'Look at the catalogue' }).click();
      await page.getByRole('link', { name: 'Bakkerij Molenaar' }).click();
      await page.getByRole('link', { name: 'Winkel' }).click();
      await page.getByRole('link', { name: 'AC-01' }).click();
      await page.getByRole('heading', { name: 'AC-01' }).waitFor();
    });

    it('goes from a customer down to a machine, each added by hand, and changes it', async () => {
      const { page } = await stage().visit('Kältewerk');
      await page.goto('/catalogue');
      await page.getByRole('button', { name: 'Add customer' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Add customer' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Kaasmakerij De Vos');
      await page.getByRole('textbox', { name: 'Street and number', exact: true }).fill('Kade 3');
      await page.getByRole('textbox', { name: 'City', exact: true }).fill('Gouda');
      await page.getByRole('dialog').getByRole('button', { name: 'Add customer' }).click();
      await page.getByRole('heading', { name: 'Kaasmakerij De Vos' }).waitFor();
      await page.getByRole('button', { name: 'Add location' }).first().click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Rijpkamer');
      await page.getByRole('dialog').getByRole('button', { name: 'Add location' }).click();
      await page.getByRole('heading', { name: 'Rijpkamer' }).waitFor();
      await page.getByText('Kade 3, Gouda').waitFor();
      await page.getByRole('button', { name: 'Add installation' }).first().click();
      await page.getByRole('textbox', { name: 'Reference', exact: true }).fill('RK-1');
      await page.getByRole('textbox', { name: 'Refrigerant', exact: true }).fill('R-410A');
      await page.getByRole('textbox', { name: 'Charge', exact: true }).fill('12.5');
      await page.getByRole('dialog').getByRole('button', { name: 'Add installation' }).click();
      await page.getByRole('heading', { name: 'RK-1' }).waitFor();
      await page.getByRole('link', { name: 'Properties' }).click();
      await page.getByText('R-410A, 12.5 kg').waitFor();
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByRole('textbox', { name: 'Brand', exact: true }).fill('Bitzer');
      await page.getByRole('textbox', { name: 'Charge', exact: true }).fill('');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByText('Bitzer').first().waitFor();
      await page.getByText('12.5 kg').waitFor({ state: 'detached' });
    });

    it('shows that someone else changed it, and keeps what was entered', async () => {
      const owner = await stage().api('Noordlicht');
      const { items } = await owner.get('/v1/customers', {});
      const id = items[0]?.id ?? '';
      const { page } = await stage().visit('Noordlicht');
      await page.goto(`/catalogue/customers/${id}`);
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByRole('textbox', { name: 'Contact', exact: true }).fill('Receptie, 030 1234567');
      await owner.patch('/v1/customers/{id}', { params: { path: { id } }, body: { internalName: 'Main' } });
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('alert').getByText('Someone else changed this in the meantime.').waitFor();
      expect(await page.getByRole('textbox', { name: 'Contact', exact: true }).inputValue()).toBe(
        'Receptie, 030 1234567',
      );
    });
  });

  describe('a machine', () => {
    it('has what is known of it beside its logbook, where there is room for both', async () => {
      const { page } = await stage().visit('Koudewacht');
      const { items } = await (await stage().api('Koudewacht')).get('/v1/installations', {});
      const [machine] = items;
      await page.goto(`/installations/${machine?.id}`);
      await page.getByRole('button', { name: 'Add to the logbook' }).waitFor();
      const beside = page.getByRole('complementary', { name: 'Details' });
      expect(await beside.count()).toBe(0);
      await page.setViewportSize({ width: 1600, height: 900 });
      await beside.getByText(machine?.token ?? '').waitFor();
      await beside.getByText('Your access').waitFor();
      await page.getByRole('link', { name: 'Properties' }).click();
      await beside.getByText(machine?.token ?? '').waitFor({ state: 'detached' });
      await page.setViewportSize(DESK);
    });

    it('has a logbook that its holder adds to, changes, and takes back', async () => {
      const { page } = await stage().visit('Koudewacht', { role: 'technician' });
      const contractor = await stage().api('Koudewacht');
      const query = { access: 'installation-manager' as const };
      const { items } = await contractor.get('/v1/installations', { params: { query } });
      await page.goto(`/installations/${items[0]?.id}`);
      // It stands in the catalogue.
      await page.getByRole('link', { name: 'Catalogue' }).and(page.locator('[aria-current]')).waitFor();
      await page.getByRole('button', { name: 'Add to the logbook' }).click();
      await page.getByLabel('What was done or seen').fill('Filter cleaned');
      await page.getByLabel('Refrigerant added').fill('0.8');
      await page.getByRole('button', { name: 'Add Work order' }).click();
      const entry = page.getByRole('listitem').filter({ hasText: 'Filter cleaned' });
      await entry.getByText('0.8 kg of refrigerant added').waitFor();
      await entry.getByRole('button', { name: 'Change' }).click();
      await page.getByLabel('What was done or seen').fill('Filter replaced');
      await page.getByRole('button', { name: 'Save changes' }).click();
      const changed = page.getByRole('listitem').filter({ hasText: 'Filter replaced' });
      await changed.getByRole('button', { name: 'Remove' }).click();
      await page.getByRole('button', { name: 'Remove entry' }).click();
      await changed.waitFor({ state: 'detached' });
    });
  });
}
