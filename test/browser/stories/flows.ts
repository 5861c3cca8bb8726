import { describe, expect, it } from '@jest/globals';
import type { Stage, Visitor } from '../stage.ts';
import { askFor, installationsOf, lend } from './asking.ts';

const UNREACHABLE = 'The service cannot be reached.';

/** A share as it is lived by two, and what comes in between. */
export function flowStories(stage: () => Stage): void {
  describe('a share', () => {
    it('goes from the request to its revocation, and each sees what the other does', async () => {
      const [asks, gives] = await Promise.all([stage().visit('Schelde'), stage().visit('Vlasbroek')]);
      const name = 'Alle buurtwinkels in het weekend';
      await Promise.all([asks.goto('/shares/new'), gives.goto('/')]);
      await asks.page.getByRole('combobox', { name: 'Company' }).click();
      await asks.page.getByRole('option', { name: 'Vlasbroek Supermarkten' }).click();
      await asks.page.getByLabel('What you ask for').fill(name);
      await asks.page.getByRole('button', { name: 'Ask Vlasbroek Supermarkten' }).click();
      await asks.page.getByRole('heading', { name }).waitFor();

      await gives.page.getByRole('link', { name: `Evaluate ${name}` }).click();
      await gives.page.getByRole('link', { name: 'Select customers' }).click();
      await gives.page.getByRole('checkbox', { name: /^Vlasbroek Buurt/ }).check();
      await gives.page.getByRole('link', { name: 'Go on with 1 picked' }).click();
      await gives.page.getByRole('radio', { name: /^On loan/ }).click();
      await gives.page.getByRole('button', { name: /^Share \d+ installation/ }).click();
      await gives.page.getByRole('heading', { name, level: 1 }).waitFor();

      await asks.page.getByRole('link', { name: 'Process' }).click();
      const processes = asks.page.getByRole('button', { name: /^Process \d+ installations$/ });
      await processes.click();
      await asks.page
        .getByRole('dialog')
        .getByRole('button', { name: /^Process/ })
        .click();
      await gives.page.getByText(/^\d+ placed$/).waitFor();

      await gives.page.getByRole('link', { name: 'Revoke' }).click();
      await gives.page.getByRole('checkbox').last().check();
      await gives.page.getByRole('button', { name: 'Revoke 1 installation' }).click();
      const dialog = gives.page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Reason' }).fill('Sold');
      await dialog.getByRole('button', { name: 'Revoke 1 installation' }).click();
      await asks.page.getByText('partly revoked').waitFor();
    });

    it('is evaluated by the keyboard alone', async () => {
      const contractor = await stage().api('Koudewacht');
      const id = await askFor(contractor, 'Noordlicht');
      const visitor = await stage().visit('Noordlicht');
      const { page } = visitor;
      const { keyboard } = page;
      await visitor.goto(`/shares/${id}`);
      await visitor.tabTo(page.getByRole('link', { name: 'Evaluate', exact: true }));
      await keyboard.press('Enter');
      await visitor.tabTo(page.getByRole('link', { name: 'Select customers' }));
      await keyboard.press('Enter');
      await visitor.tabTo(page.getByRole('checkbox', { name: /^Noordlicht Logistiek/ }));
      await keyboard.press('Space');
      await visitor.tabTo(page.getByRole('link', { name: 'Go on with 1 picked' }));
      await keyboard.press('Enter');
      const onLoan = page.getByRole('radio', { name: /^On loan/, disabled: false });
      await onLoan.waitFor();
      await visitor.tabTo(page.getByRole('radio', { disabled: false }).first());
      while (!(await onLoan.isChecked())) await keyboard.press('ArrowDown');
      await visitor.tabTo(page.getByRole('button', { name: /^Share \d+ installation/, disabled: false }));
      await keyboard.press('Enter');
      await page.getByRole('heading', { name: 'One of many', level: 1 }).waitFor();
    });
  });

  describe('interruptions', () => {
    it('a request stays as it was written while the service cannot be reached', async () => {
      const visitor = await stage().visit('Kempen');
      const { page } = visitor;
      await visitor.goto('/shares/new');
      await page.getByRole('combobox', { name: 'Company' }).click();
      await page.getByRole('option', { name: 'Schelde Koeltechniek' }).click();
      await page.getByLabel('What you ask for').fill('Campus in het najaar');
      await pressedTwice(visitor, 'Ask Schelde Koeltechniek');
      await page.getByRole('heading', { name: 'Campus in het najaar' }).waitFor();
    });

    it('what is picked survives going back, a reload and a second tab, and is given once', async () => {
      const id = await askFor(await stage().api('Koudewacht'), 'Noordlicht');
      const visitor = await stage().visit('Noordlicht');
      const { page, context } = visitor;
      await visitor.goto(`/shares/${id}/evaluate?step=select&level=location`);
      await page.getByText('By customer').click();
      await page.getByRole('button', { name: /^Noordlicht Kantoren/ }).click();
      await page.getByRole('button', { name: 'Select all of Noordlicht Logistiek' }).click();
      await page.getByRole('heading', { name: '3 picked' }).waitFor();
      await page.getByRole('checkbox').first().check();
      await page.getByRole('heading', { name: '4 picked' }).waitFor();
      await page.getByRole('link', { name: 'Go on with 4 picked' }).click();
      await page.getByText('Which access they get').waitFor();
      await page.goBack();
      await page.reload();
      await page.getByRole('heading', { name: '4 picked' }).waitFor();

      const other = await context.newPage();
      await other.goto(page.url());
      await other.getByRole('heading', { name: 'Nothing picked' }).waitFor();
      await page.getByRole('link', { name: 'Go on with 4 picked' }).click();
      await page.getByRole('radio', { name: /^On loan/ }).click();
      await page.getByRole('heading', { name: 'What happens' }).waitFor();
      await pressedTwice(visitor, /^Share \d+ installation/);
      await page.getByRole('heading', { name: 'One of many', level: 1 }).waitFor();
      await other.getByText('This request is not open any more').waitFor();
    });

    it('a plan keeps what was changed in it when the giver takes back some of it meanwhile', async () => {
      const [gives, takes] = await Promise.all([stage().api('Schelde'), stage().api('Kempen')]);
      const [one = '', other = '', taken = ''] = await installationsOf(gives, 'Hoppeland', 3);
      const id = await lend(gives, takes, 'Schelde', [one, other, taken]);
      const visitor = await stage().visit('Kempen');
      const { page } = visitor;
      await visitor.goto(`/shares/${id}`);
      await page.getByRole('link', { name: 'Process' }).click();
      await page.getByRole('button', { name: 'Change where Without a location goes' }).click();
      await page.getByRole('radiogroup', { name: 'Your locations' }).getByRole('radio').first().click();
      await page.getByRole('button', { name: 'Put it there' }).click();
      await page.getByRole('button', { name: 'Process 3 installations' }).waitFor();
      const body = { installations: [taken] };
      await gives.post('/v1/shares/{id}/revoke', { params: { path: { id } }, body });
      await page.getByRole('button', { name: 'Process 2 installations' }).click();
      await pressedTwice(visitor, /^Process/, page.getByRole('dialog'));
      await page.getByText('2 placed').waitFor();
      const { items } = await takes.get('/v1/shares/{id}', { params: { path: { id } } });
      expect(items).toMatchObject({ placed: 2, withdrawn: 1 });
    });

    it('what a colleague has revoked meanwhile is not revoked again, and the rest still is', async () => {
      const [gives, takes] = await Promise.all([stage().api('Schelde'), stage().api('Kempen')]);
      const [one = '', other = '', third = ''] = (await installationsOf(gives, 'Hoppeland', 6)).slice(3);
      const id = await lend(gives, takes, 'Schelde', [one, other, third]);
      const visitor = await stage().visit('Schelde');
      const { page } = visitor;
      await visitor.goto(`/shares/${id}/revoke?state=offered`);
      await page.getByRole('checkbox').nth(0).check();
      await page.getByRole('checkbox').nth(1).check();
      await page.getByRole('button', { name: 'Revoke 2 installations' }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: 'Revoke 2 installations' }).click();
      await pressedTwice(visitor, 'Revoke 2 installations', page.getByRole('dialog'));
      await page.getByText('partly revoked').waitFor();
      await page.getByRole('link', { name: 'Revoke' }).click();
      await gives.post('/v1/shares/{id}/revoke', { params: { path: { id } }, body: {} });
      await page.getByText('There is nothing here for you to revoke').waitFor();
    });
  });
}

/** Presses a button while the service cannot be reached, which is said; and again when it can. */
async function pressedTwice(
  visitor: Visitor,
  name: string | RegExp,
  within: Pick<Visitor['page'], 'getByRole'> = visitor.page,
): Promise<void> {
  const button = within.getByRole('button', { name });
  await button.waitFor();
  await visitor.offline(async () => {
    await button.click();
    await within.getByRole('alert').getByText(UNREACHABLE).waitFor();
  });
  await button.click();
}
