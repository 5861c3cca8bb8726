import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Stage } from '../stage.ts';

/** Of one webhook that are valid at once. */
const MAX_SECRETS = 5;

/** What the company sets, and where its changes are sent to. */
export function settingsStories(stage: () => Stage): void {
  describe('the settings', () => {
    it('register a webhook, show its secret once, try it, show what arrived, and remove it', async () => {
      await using receiver = await Receiver.start();
      const { page } = await stage().visit('Kältewerk');
      await page.goto('/settings?tab=webhooks');
      await page.getByRole('button', { name: 'Register a webhook' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'URL' }).fill('nowhere');
      await dialog.getByRole('button', { name: 'Register and show the secret' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('textbox', { name: 'URL' }).fill(receiver.url);
      await dialog.getByRole('combobox', { name: 'Changes' }).fill('customer.a');
      await page.getByRole('option', { name: 'customer.added' }).click();
      await dialog.getByRole('textbox', { name: 'Description' }).fill('Planning');
      await dialog.getByRole('button', { name: 'Register and show the secret' }).click();
      const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
      await dialog.getByRole('button', { name: 'I have copied it' }).click();
      await page.getByRole('heading', { name: 'Planning' }).waitFor();
      expect(await page.getByText(secret).count()).toBe(0);

      await page.getByRole('button', { name: 'Send a test' }).click();
      await dialog.getByText('Answered 204').waitFor();
      const { body, headers } = receiver.received[0] ?? { body: '', headers: {} };
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'tessera.webhook.test.v1' });
      await dialog.getByRole('button', { name: 'Try once more now' }).click();
      await dialog.getByRole('listitem').nth(1).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();

      receiver.answer = 410;
      const company = await stage().api('Kältewerk');
      const address = { street: 'Hafenstraße 1', city: 'Bremen' };
      await company.post('/v1/customers', { body: { name: 'Fischhalle', address } });
      await page.getByText('The receiver answered that it is gone (410).').waitFor();
      await page.goto('/inbox');
      await page.getByRole('link', { name: /^The webhook “Planning” was disabled/ }).click();
      receiver.answer = 204;
      await page.getByRole('button', { name: 'Enable again' }).click();
      await page.getByRole('row', { name: /customer\.added.*Delivered/ }).waitFor();

      await page.getByRole('button', { name: 'webhook.test' }).click();
      await dialog.getByRole('button', { name: 'Send again what came after' }).click();
      expect(await dialog.getByRole('textbox', { name: 'Cursor' }).inputValue()).not.toBe('');
      const before = receiver.received.length;
      await dialog.getByRole('button', { name: 'Send again what came after' }).click();
      await dialog.waitFor({ state: 'detached' });
      await receiver.more(before);
      expect(receiver.received.at(-1)?.body).toBe(receiver.received.at(before - 1)?.body);

      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Change', exact: true }).click();
      await dialog.getByRole('textbox', { name: 'Description' }).fill('');
      await dialog.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('heading', { name: receiver.url }).waitFor();

      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Another secret' }).click();
      await dialog.getByRole('button', { name: 'Make another secret' }).click();
      expect(await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()).not.toBe(secret);
      await dialog.getByRole('button', { name: 'I have copied it' }).click();
      const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      for (let secrets = 2; secrets < MAX_SECRETS; secrets += 1) {
        await company.post('/v1/webhooks/{id}/rotate', { params: { path: { id } } });
      }
      await page.getByRole('button', { name: 'More' }).click();
      // What cannot be done stays in the menu, with why.
      const another = page.getByRole('menuitem', { name: /^Another secret/, disabled: true });
      await another.getByText('As many are valid as may be at once.').waitFor();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await dialog.getByRole('button', { name: 'Remove the webhook' }).click();
      await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
    });

    it('are changed by administrators; others read them, with the reason', async () => {
      const { page } = await stage().visit('Kältewerk');
      await page.goto('/');
      await page.getByRole('heading', { name: 'Kältewerk' }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press(',');
      await page.getByRole('button', { name: 'Change the details' }).click();
      await page.getByRole('textbox', { name: 'Certificate number' }).fill('DE-K 4711');
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByText('DE-K 4711').waitFor();

      const { page: technicians } = await stage().visit('Kältewerk', { role: 'technician' });
      await technicians.goto('/settings');
      await technicians.getByText('DE-K 4711').waitFor();
      await technicians.getByRole('button', { name: 'Change the details', disabled: true }).waitFor();
      await technicians.getByRole('link', { name: 'Webhooks' }).click();
      await technicians.getByRole('heading', { name: 'Webhooks are for administrators' }).waitFor();
      await technicians.getByRole('link', { name: 'You' }).click();
      await technicians.getByText('Technician').last().waitFor();
      await technicians.getByRole('radio', { name: 'Nederlands' }).click();
      await technicians.getByRole('heading', { name: 'Instellingen' }).waitFor();
    });
  });
}

/** Keeps whatever it is sent. */
class Receiver implements AsyncDisposable {
  /** The status it answers with. */
  answer = 204;
  readonly received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
  readonly #server = createServer(async (request, response) => {
    this.received.push({ headers: request.headers as Record<string, string>, body: await text(request) });
    response.writeHead(this.answer).end();
    this.#arrivals.emit('one');
  });
  readonly #arrivals = new EventEmitter();

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** Waits until more have arrived than that. */
  async more(than: number): Promise<void> {
    while (this.received.length <= than) await once(this.#arrivals, 'one');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
