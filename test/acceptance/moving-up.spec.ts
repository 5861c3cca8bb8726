// An embedded service is migrated to shared stores: reads there give what they gave before.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { newSignerKey } from '#evidence';
import { Program, run, startApi, startWorker } from '../programs/program.ts';
import { EventStoreDb } from '../servers/eventstoredb/index.ts';
import { MongoServer } from '../servers/mongodb/index.ts';

const READ = ['customers', 'installations', 'connections', 'shares', 'inbox', 'dashboard'];
const VOLATILE_FIELDS = ['asOf', 'ageMs'];

let dataDir: string;
let events: EventStoreDb;
let views: MongoServer;
const programs: Program[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tessera-moving-'));
  events = await EventStoreDb.start();
  views = await MongoServer.start();
});
afterEach(async () => {
  await stopAll();
  await Promise.all([events.close(), views.close()]);
  await rm(dataDir, { recursive: true });
});

async function stopAll(): Promise<void> {
  await Promise.all(programs.splice(0).map((program) => program.end('SIGTERM')));
}

async function answer<Body>(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Body> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
}

/** Resolves when every view has reached the end of the log. */
async function untilCaughtUp(url: string): Promise<void> {
  for (let lags: string[] = ['unknown']; lags.some((lag) => lag !== '0'); await pause(20)) {
    const figures = await (await fetch(`${url}/metrics`)).text();
    lags = [...figures.matchAll(/^tessera_follower_lag\{.*\} (\d+)$/gm)].map(([, lag]) => String(lag));
    if (lags.length === 0) throw new Error(`No follower is known:\n${figures}`);
  }
}

interface Person {
  readonly account: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An administrator of every account. */
async function people(url: string): Promise<Person[]> {
  const { items } = await answer<{ items: { id: string }[] }>(`${url}/dev/accounts`);
  return Promise.all(
    items.map(async ({ id: account }) => {
      const body = JSON.stringify({ account, roles: ['administrator'] });
      const headers = { 'content-type': 'application/json' };
      const signedIn = await fetch(`${url}/dev/sign-in`, { method: 'POST', headers, body });
      const { token } = (await signedIn.json()) as { token: string };
      return { account, headers: { authorization: `Bearer ${token}` } };
    }),
  );
}

/** One account marks its oldest notification as read, another one all. */
async function readNotifications(url: string): Promise<void> {
  const [one, other] = await people(url);
  const { items } = await answer<{ items: { id: string }[] }>(`${url}/v1/inbox`, one?.headers);
  for (const [person, what] of [[one, `${items.at(-1)?.id}/read`] as const, [other, 'read-all'] as const]) {
    const { status } = await fetch(`${url}/v1/inbox/${what}`, { method: 'POST', headers: person?.headers });
    expect(status).toBeLessThan(300);
  }
}

/** What all accounts read. Only ids of notifications, which contain positions, and the time of reading may differ. */
async function readings(url: string): Promise<unknown> {
  const read = await Promise.all(
    (await people(url)).map(async ({ account, headers }) => ({
      account,
      lists: await Promise.all(READ.map((list) => answer(`${url}/v1/${list}`, headers))),
    })),
  );
  const lasting = (name: string, value: unknown) =>
    VOLATILE_FIELDS.includes(name) || String(value).startsWith('00000000-0000-8000-8') ? undefined : value;
  return JSON.parse(JSON.stringify(read, lasting));
}

it('migrated data is read from shared stores unchanged', async () => {
  const before = await Program.start(
    'apps/api/main.js',
    { PORT: '0', DATA_DIR: dataDir, DEMO: 'on', LOG_LEVEL: 'error' },
    /listens on (http:\S+)[\s\S]*The demo world was created/,
  );
  programs.push(before);
  await readNotifications(before.readyOutput);
  await untilCaughtUp(before.readyOutput);
  const was = await readings(before.readyOutput);
  await stopAll();

  const store = { EVENT_STORE_URL: events.url, VIEW_STORE_URL: views.url.replace('/?', '/tessera?') };
  const to = Object.values(store).flatMap((url) => ['--to', url]);
  const migrated = await run('apps/ctl/tessera-ctl.js', ['migrate', '--from', 'embedded', ...to], {
    ...process.env,
    DATA_DIR: dataDir,
  });
  expect(migrated).toMatchObject({ code: 0 });

  const SECRET = (await readFile(join(dataDir, 'secret.key'))).toString('base64');
  const KEY_ENCRYPTION_KEY = await readFile(join(dataDir, 'key-encryption.key'), 'utf8');
  const SEAL_KEYS = newSignerKey('moved-up');
  const env = {
    ...store,
    SECRET,
    SEAL_KEYS,
    KEY_ENCRYPTION_KEY,
    PORT: '0',
    WORKER_PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
  };
  programs.push(await startWorker(env));
  const after = await startApi(env);
  programs.push(after);
  await untilCaughtUp(after.readyOutput);
  expect(await readings(after.readyOutput)).toEqual(was);
});
