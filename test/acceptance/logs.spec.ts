// What programs log, at the level that logs the most, of a whole run: nothing of anybody's, and no secret.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChildWithOutput, startChild } from '../programs/child.ts';
import { clusterSettings, type Settings } from '../programs/program.ts';
import { Consistency, Member } from './client.ts';
import { Receiver } from './receiver.ts';
import { ok, until, World } from './world.ts';

/** A program of which all that it writes is kept. */
class LoggedProgram {
  output = '';

  private constructor(private readonly child: ChildWithOutput) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk;
      });
    }
  }

  static start(main: string, settings: Settings): LoggedProgram {
    const env = { ...process.env, DEMO: 'off', PORT: '0', WORKER_PORT: '0', LOG_LEVEL: 'trace', ...settings };
    return new LoggedProgram(startChild(main, { env }));
  }

  /** The first group of what it wrote, once it did. */
  async wrote(pattern: RegExp): Promise<string> {
    const output = await until(
      async () => this.output,
      (output) => pattern.test(output),
    );
    return pattern.exec(output)?.[1] ?? '';
  }

  async end(): Promise<void> {
    const gone = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await gone;
  }
}

/** A world on a program that was started for it. */
class LoggedWorld extends World {
  static async on(url: string): Promise<LoggedWorld> {
    const service = { url, dispose: async () => undefined };
    const consistency = new Consistency();
    return new LoggedWorld(service, await Member.signIn(service, '', ['operator'], consistency), consistency);
  }
}

let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-logged-'));
});

afterAll(() => rm(dataDir, { recursive: true }));

/** Those of the texts that the output has. */
function found(output: string, texts: readonly string[]): readonly string[] {
  expect(texts.filter((text) => text.length < 5)).toEqual([]);
  return texts.filter((text) => output.includes(text));
}

/** Names, numbers and texts as people write them. */
const OURS = {
  customer: 'Zwanenburg Koeling',
  vatNumber: 'NL4495445B01',
  street: 'Kaarsenmakersgracht 7',
  city: 'Vlaardingen-Oost',
  contact: 'Theodora Quintessa',
  email: 'theodora@zwanenburg.example',
  phone: '+31 6 9988 7766',
  description: 'Behind the Zwanenburg greenhouse',
  label: 'Label of Quintessa',
  shareName: 'Everything at Zwanenburg',
};

describe('the log of a whole run, in full', () => {
  it('has no name, address, token or secret of anybody', async () => {
    const headerSecret = 'collector-key-5521';
    const program = LoggedProgram.start('apps/api/main.js', {
      DATA_DIR: dataDir,
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://exporter:collector-password-77@127.0.0.1:1',
      OTEL_EXPORTER_OTLP_HEADERS: `x-key=${headerSecret}`,
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    const receiver = new Receiver();
    const secrets: string[] = [headerSecret, 'collector-password-77', ...Object.values(OURS)];
    try {
      const world = await LoggedWorld.on(await program.wrote(/listens on (http:\S+)/));
      const giver = await world.company('service', 'Frigo Zwanenburg');
      const taker = await world.company('service', 'Cold Quintessa');
      for (const { name, details, administrator, manager, technician } of [giver, taker]) {
        secrets.push(name, details.vatNumber, details.street);
        for (const { token } of [administrator, manager, technician]) secrets.push(token as string);
      }
      const { administrator } = giver;
      const address = { street: OURS.street, postalCode: '3131 AB', city: OURS.city, country: 'NL' };
      const contact = `${OURS.contact}, ${OURS.email}, ${OURS.phone}`;
      const customer = { name: OURS.customer, vatNumber: OURS.vatNumber, address, contact };
      const { id: customerId } = await ok(administrator.post('/v1/customers', customer));
      const place = { customerId, name: OURS.customer, description: OURS.description, address };
      await administrator.post('/v1/locations', place);
      const csv = `customer name;email\n${OURS.customer};${OURS.email}\n;${OURS.contact}\n`;
      await administrator.upload('/v1/imports', csv, 'text/csv');

      const created = await ok(administrator.post('/v1/connections', { label: OURS.label }));
      secrets.push(created.token);
      const wrong = { token: `${created.token}-wrong`, label: OURS.label };
      await taker.administrator.post('/v1/connections/authenticate', wrong);
      const right = { token: created.token, label: OURS.label };
      await ok(taker.administrator.post('/v1/connections/authenticate', right));
      await taker.administrator.post('/v1/connections/authenticate', right);

      const hook = `${await receiver.listen()}?key=receiver-key-3141`;
      receiver.status = 500;
      const webhook = await ok(
        administrator.post('/v1/webhooks', { url: hook, description: OURS.description }),
      );
      secrets.push(webhook.secret, 'receiver-key-3141');
      const share = { connectionId: created.id, name: OURS.shareName, suggestedLevel: 'installation' };
      await ok(taker.administrator.post('/v1/shares', share));
      await until(
        async () => receiver.received.length,
        (received) => received > 0,
      );

      // What is refused, and what cannot even be read.
      await giver.technician.post('/v1/customers', customer);
      await administrator.post('/v1/customers', { ...customer, name: 5, surname: OURS.contact });
      await administrator.get(`/v1/search?q=${encodeURIComponent(OURS.contact)}`);
      await administrator.get(`/v1/customers?nonsense=${encodeURIComponent(OURS.email)}`);
      const headers = { authorization: 'Bearer made-up-token-2718', 'content-type': 'application/json' };
      secrets.push('made-up-token-2718');
      const body = `{"name": "${OURS.customer}", `;
      await fetch(`${world.url}/v1/customers`, { method: 'POST', headers, body });
      await fetch(`${world.url}/v1/customers`, { headers });
      const signed = { ...headers, authorization: `Bearer ${administrator.token}` };
      await fetch(`${world.url}/v1/customers`, { method: 'POST', headers: signed, body });
      await fetch(`${world.url}/${encodeURIComponent(OURS.contact)}`, { headers: signed });
      // The last span that cannot be sent.
      await program.wrote(/(Traces could not be exported)/);
    } finally {
      await program.end();
      receiver.close();
    }
    secrets.push((await readFile(join(dataDir, 'secret.key'))).toString('base64'));
    secrets.push((await readFile(join(dataDir, 'seal.key'), 'utf8')).trim());

    const worker = LoggedProgram.start('apps/worker/main.js', { DATA_DIR: dataDir });
    await worker.wrote(/(The worker has started)/);
    await worker.end();

    expect(program.output).toContain('Refused a bearer token');
    expect(found(program.output + worker.output, secrets)).toEqual([]);
  });

  it('has no password of what it cannot reach', async () => {
    const passwords = ['event-password-11', 'view-password-22', 'nats-password-33'];
    const settings: Settings = {
      ...clusterSettings(
        `esdb://events:${passwords[0]}@127.0.0.1:1?tls=false`,
        `mongodb://views:${passwords[1]}@127.0.0.1:1/tessera?serverSelectionTimeoutMS=200`,
        dataDir,
      ),
      LOG_LEVEL: 'trace',
    };
    const api = LoggedProgram.start('apps/api/main.js', {
      ...settings,
      NATS_URL: `nats://us:${passwords[2]}@127.0.0.1:1`,
    });
    const worker = LoggedProgram.start('apps/worker/main.js', settings);
    try {
      const url = await api.wrote(/listens on (http:\S+)/);
      expect((await fetch(`${url}/health/ready`)).ok).toBe(false);
      await api.wrote(/(NATS cannot be used)/);
      await worker.wrote(/("level":[45]0)/);
    } finally {
      await Promise.all([api.end(), worker.end()]);
    }
    const secrets = [...passwords, settings.SECRET as string, settings.SEAL_KEYS as string];
    expect(found(api.output + worker.output, secrets)).toEqual([]);
  });
});
