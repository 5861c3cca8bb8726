// A deployment is lost and restored from its backup, on stores of its own kind and of the other one and back. What
// callers, auditors and receivers had before holds after it.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventReader } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventReader } from '#event-store/sqlite';
import { contents } from '../../apps/ctl/testing/logs.ts';
import {
  clusterSettings,
  type FinishedProgram,
  Program,
  run,
  type Settings,
  startApi,
  startWorker,
} from '../programs/program.ts';
import { SharedStores } from '../programs/shared-stores.ts';

const READ = ['customers', 'installations', 'connections', 'shares', 'inbox', 'dashboard', 'webhooks'];
const VOLATILE_FIELDS = ['asOf', 'ageMs'];
const AT_ONCE = 4;
const checkEvidence = promisify(execFile);

/** Stores, and what works on them. */
interface Deployment {
  readonly settings: Settings;
  start(): Promise<string>;
  /** The log, beside whatever works on it. */
  log(): Promise<EventReader>;
}

const place = await mkdtemp(join(tmpdir(), 'tessera-recovery-'));

let stores: SharedStores;
let key: string;
let running: Program[] = [];
let url: string;
/** Of the receiver. */
const received: string[] = [];
const receiver = createServer(async (request, response) => {
  received.push(((await json(request)) as { subject: string }).subject);
  response.end();
});

beforeAll(async () => {
  stores = await SharedStores.start();
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await stop('SIGKILL');
  receiver.closeAllConnections();
  receiver.close();
  await stores.close();
  await rm(place, { recursive: true });
});

const SETTINGS = { PORT: '0', DEMO: 'off', LOG_LEVEL: 'error', SEAL_INTERVAL: 'PT1S' };

/** @param keys the folder that has the deployment's own, which no backup holds */
function embedded(name: string, keys?: string): Deployment {
  const directory = join(place, name);
  const settings = { ...SETTINGS, DATA_DIR: directory };
  return {
    settings,
    async start() {
      for (const file of keys === undefined ? [] : ['secret.key', 'seal.key', 'key-encryption.key']) {
        await writeFile(join(directory, file), await readFile(join(place, keys ?? '', file)), {
          mode: 0o600,
        });
      }
      running = [await startApi(settings)];
      return running[0]?.readyOutput ?? '';
    },
    log: () => SqliteEventReader.open({ directory }),
  };
}

async function shared(keys: string): Promise<Deployment> {
  const text = async (file: string, encoding: BufferEncoding) =>
    (await readFile(join(place, keys, file))).toString(encoding).trim();
  const settings = {
    ...clusterSettings(stores.events, await stores.newViews(), join(place, 'shared')),
    SECRET: await text('secret.key', 'base64'),
    SEAL_KEYS: await text('seal.key', 'utf8'),
    KEY_ENCRYPTION_KEY: await text('key-encryption.key', 'utf8'),
  };
  return {
    settings,
    async start() {
      running = [await startApi(settings), await startWorker(settings)];
      return running[0]?.readyOutput ?? '';
    },
    log: async () => new EventStoreDbEventStore({ url: stores.events }),
  };
}

async function stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await Promise.all(running.splice(0).map((program) => program.end(signal)));
}

const ctl = (settings: Settings, ...args: readonly string[]) =>
  run('apps/ctl/tessera-ctl.js', args, { ...process.env, ...settings });

/** Retries where a store does not answer on a busy machine, as callers should. */
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const response = await fetch(`${url}${path}`, init);
    if (response.status !== 503) return response;
    await response.text();
    await pause(50);
  }
}

async function answer<Body>(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Body> {
  const response = await ask(path, { headers });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

/** Resolves when every view has reached the end of the log. */
async function untilCaughtUp(): Promise<void> {
  for (let lags: string[] = ['unknown']; lags.some((lag) => lag !== '0'); await pause(20)) {
    const figures = await (await fetch(`${url}/metrics`)).text();
    lags = [...figures.matchAll(/^tessera_follower_lag\{.*\} (\d+)$/gm)].map(([, lag]) => String(lag));
    if (lags.length === 0) throw new Error(`No follower is known:\n${figures}`);
  }
}

type Id = ReturnType<typeof randomUUID>;

interface Person {
  readonly account: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An administrator of every account. */
async function people(): Promise<Person[]> {
  const { items } = await answer<{ items: { id: string }[] }>('/dev/accounts');
  return Promise.all(
    items.map(async ({ id: account }) => {
      const body = JSON.stringify({ account, roles: ['administrator'] });
      const headers = { 'content-type': 'application/json' };
      const signedIn = await ask('/dev/sign-in', { method: 'POST', headers, body });
      const { token } = (await signedIn.json()) as { token: string };
      return { account, headers: { authorization: `Bearer ${token}`, ...headers } };
    }),
  );
}

async function firstOf(accounts: Promise<Person[]>): Promise<Person> {
  const [first] = await accounts;
  if (first === undefined) throw new Error('There is no account.');
  return first;
}

async function post(person: Person, path: string, body: unknown = {}, id: Id = randomUUID()) {
  const headers = { ...person.headers, 'idempotency-key': id };
  const response = await ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  const replayed = response.headers.get('idempotent-replayed') === 'true';
  return { replayed, id: ((await response.json()) as { id: string }).id };
}

const ADDRESS = { street: 'Quay 1', postalCode: '9000', city: 'Ghent', country: 'BE' };
const addCustomer = (person: Person, id: Id) =>
  post(person, '/v1/customers', { name: `Customer ${id}`, address: ADDRESS }, id);

/** What all accounts read. */
async function readings(): Promise<unknown> {
  const read = await Promise.all(
    (await people()).map(async ({ account, headers }) => ({
      account,
      lists: await Promise.all(READ.map((list) => answer(`/v1/${list}`, headers))),
    })),
  );
  const lasting = (name: string, value: unknown) => (VOLATILE_FIELDS.includes(name) ? undefined : value);
  return JSON.parse(JSON.stringify(read, lasting));
}

async function eventsOf(deployment: Deployment): Promise<string[]> {
  const log = await deployment.log();
  const events = await contents(log);
  await log.close();
  return events.map((event) => JSON.stringify(event));
}

/** The last checkpoint, once there is one. */
async function signed(): Promise<string> {
  const { headers } = await firstOf(people());
  for (;;) {
    const response = await ask('/v1/audit/checkpoint', { headers });
    if (response.ok) return response.text();
    await pause(20);
  }
}

/** The tree has been built by then, and what has happened since is under it. */
async function untilSigned(before: string): Promise<void> {
  while ((await signed()) === before) await pause(20);
}

/** Adds a customer, and returns all deliveries up to that change. */
async function toldUntilAdded(): Promise<readonly string[]> {
  const { id } = await addCustomer(await firstOf(people()), randomUUID());
  while (!received.includes(`customer/${id}`)) await pause(20);
  return received.splice(0).filter((subject) => subject !== `customer/${id}`);
}

describe('a backup is restored', () => {
  const first = embedded('first');
  const sent = randomUUID();
  const checkpoint = () => join(place, 'kept.checkpoint');

  it('that was made under load, with everything acknowledged before it', async () => {
    const demo = await Program.start(
      'apps/api/main.js',
      { ...first.settings, DEMO: 'on' },
      /listens on (http:\S+)[\s\S]*The demo world was created/,
    );
    await demo.end('SIGTERM');
    url = await first.start();
    const person = await firstOf(people());
    await addCustomer(person, sent);
    await post(person, '/v1/webhooks', {
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    });
    await untilCaughtUp();

    let isOver = false;
    const acknowledged: string[] = [];
    const load = Array.from({ length: AT_ONCE }, async () => {
      while (!isOver) acknowledged.push((await addCustomer(person, randomUUID())).id);
    });
    while (acknowledged.length < 20) await pause(5);
    let before: readonly string[];
    let backup: string;
    let saved: FinishedProgram;
    // Once more where a busy machine acknowledged nothing meanwhile.
    do {
      before = [...acknowledged];
      backup = join(place, `under-load-${randomUUID()}`);
      saved = await ctl(first.settings, 'backup', backup, '--json');
      expect(saved).toMatchObject({ code: 0 });
    } while (acknowledged.length === before.length);
    isOver = true;
    await Promise.all(load);

    const second = embedded('second');
    const restored = await ctl(second.settings, 'restore', backup);
    expect(restored).toMatchObject({ code: 0 });
    const [original, events] = await Promise.all([eventsOf(first), eventsOf(second)]);
    expect(events).toHaveLength(JSON.parse(saved.out).log.events);
    expect(events).toEqual(original.slice(0, events.length));
    expect(before.filter((id) => !events.some((event) => event.includes(`"customer-${id}"`)))).toEqual([]);
  });

  it('into stores of its own kind, of the other one, and back', async () => {
    const [one, other] = await people();
    const { items } = await answer<{ items: { id: string }[] }>('/v1/inbox', other?.headers);
    await post(other as Person, `/v1/inbox/${items.at(-1)?.id}/read`);
    await post(one as Person, '/v1/inbox/read-all');
    await toldUntilAdded();
    const keys = await answer<{ items: { key: string }[] }>('/v1/audit/keys', one?.headers);
    key = keys.items[0]?.key ?? '';
    await writeFile(checkpoint(), await signed());

    const [machine] = (await answer<{ items: { id: string }[] }>('/v1/installations', one?.headers)).items;
    const installation = machine?.id ?? '';

    let source = first;
    for (const target of [embedded('third', 'first'), await shared('first'), embedded('fifth', 'first')]) {
      await untilCaughtUp();
      const was = await readings();
      const directory = join(place, `backup-${randomUUID()}`);
      expect(await ctl(source.settings, 'backup', directory)).toMatchObject({
        code: 0,
        err: expect.stringContaining('saving'),
      });
      const events = await eventsOf(source);
      await stop('SIGKILL');

      expect(await ctl(target.settings, 'restore', directory, '--key', key)).toMatchObject({ code: 0 });
      expect(await eventsOf(target)).toEqual(events);
      url = await target.start();
      await untilCaughtUp();
      const sealed = await signed();
      expect(await readings()).toEqual(was);
      // Repeated commands get their first answer, and receivers are sent new changes.
      expect(await addCustomer(await firstOf(people()), sent)).toMatchObject({ replayed: true });
      expect(await toldUntilAdded()).toEqual([]);
      await untilSigned(sealed);
      const verified = await ctl(target.settings, 'audit', 'verify', '--since', checkpoint(), '--key', key);
      expect(verified).toMatchObject({
        code: 0,
        out: expect.stringContaining('The log is as it was sealed'),
      });
      const evidence = join(place, `${randomUUID()}.evidence`);
      const access = ['--account', one?.account ?? '', '--installation', installation, '--file', evidence];
      expect(await ctl(target.settings, 'audit', 'evidence', ...access)).toMatchObject({ code: 0 });
      await checkEvidence(process.execPath, ['libs/evidence/verify.mjs', evidence, '--key', key]);
      source = target;
    }
    await stop('SIGTERM');
  });

  it('which holds no secret', async () => {
    const secret = await readFile(join(place, 'first', 'secret.key'));
    const sealKey = (await readFile(join(place, 'first', 'seal.key'), 'utf8')).trim();
    const wrapping = (await readFile(join(place, 'first', 'key-encryption.key'), 'utf8')).trim();
    const names = await readdir(place, { recursive: true });
    const texts = names.filter((name) => /^(?:backup-|under-load).*\.(?:json|gz)$/.test(name));
    expect(texts.length).toBeGreaterThan(12);
    for (const name of texts) {
      const bytes = await readFile(join(place, name));
      const text = name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
      const found = [
        secret,
        secret.toString('base64'),
        secret.toString('hex'),
        sealKey,
        wrapping,
        'PRIVATE+KEY',
      ];
      expect(found.filter((each) => text.includes(each))).toEqual([]);
    }
  });
});
