// The command line as it is delivered.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import { type ChildWithOutput, killChild, type Settings, startChild } from '../../test/programs/child.ts';
import { type FinishedProgram, finished } from '../../test/programs/program.ts';
import { EventStoreDb } from '../../test/servers/eventstoredb/index.ts';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { contents, newLog } from './testing/logs.ts';

const APPENDS = 400;
const EVENTS = 1_325;

let directory: string;
let place: string;
let original: Awaited<ReturnType<typeof contents>>;

beforeAll(async () => {
  directory = await newLog(APPENDS);
  const source = await SqliteEventStore.open({ directory });
  original = await contents(source);
  await source.close();
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'tessera-ctl-'));
});
afterEach(() => rm(place, { recursive: true }));

function start(args: readonly string[], env: Settings = { DATA_DIR: directory }): ChildWithOutput {
  return startChild('apps/ctl/tessera-ctl.js', { args, env: { PATH: process.env.PATH, ...env } });
}

const run = (args: readonly string[], env?: Settings): Promise<FinishedProgram> => finished(start(args, env));
const backup = () => join(place, 'backup');

describe('tessera-ctl backup', () => {
  it('saves the log, and says what it does not contain', async () => {
    const { code, out, err } = await run(['backup', backup()]);
    expect(code).toBe(0);
    expect(err).toMatch(/^ {2}saving +1,325 of 1,325 events/m);
    expect(out).toMatch(
      /^The backup in \S+ is whole: 1,325 events, none of them sealed, SHA-256 of its manifest [0-9a-f]{64}, \d+ MiB.\n/,
    );
    expect(out).toContain(`Keep apart from it what it does not hold: ${join(directory, 'secret.key')}, `);
  });

  it('prints its result for programs, apart from its progress', async () => {
    const { code, out } = await run(['backup', backup(), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      directory: backup(),
      stores: 'embedded',
      log: { events: EVENTS },
    });
  });

  it('is refused without a log', async () => {
    const { code, err } = await run(['backup', backup()], { DATA_DIR: place });
    expect({ code, err }).toEqual({
      code: 1,
      err: `There is no log in ${place}; DATA_DIR says where it is.\n`,
    });
  });
});

describe('tessera-ctl restore', () => {
  let db: EventStoreDb;
  let views: MongoServer;
  let shared: Settings;

  beforeEach(async () => {
    [db, views] = await Promise.all([EventStoreDb.start(), MongoServer.start()]);
    shared = { EVENT_STORE_URL: db.url, VIEW_STORE_URL: views.url.replace('/?', '/tessera?') };
    expect((await run(['backup', backup()])).code).toBe(0);
  });
  afterEach(() => Promise.all([db.close(), views.close()]));

  async function restored() {
    const target = new EventStoreDbEventStore({ url: db.url });
    try {
      return await contents(target);
    } finally {
      await target.close();
    }
  }

  it('restores the log, and says what is left to do', async () => {
    const DATA_DIR = join(place, 'data');
    const { code, out, err } = await run(['restore', backup()], { DATA_DIR });
    expect(code).toBe(0);
    expect(err).toMatch(/^ {2}restoring +1,325 of 1,325 events/m);
    expect(err).toMatch(/^ {2}verifying +1,325 of 1,325 events/m);
    expect(out).toContain(
      `Put secret.key, seal.key and key-encryption.key of the log into ${DATA_DIR}, and start.`,
    );
    const log = await SqliteEventStore.open({ directory: DATA_DIR });
    expect(await contents(log)).toEqual(original);
    await log.close();
  });

  it('only checks the backup with --check', async () => {
    const DATA_DIR = join(place, 'data');
    const { code, out } = await run(['restore', backup(), '--check'], { DATA_DIR });
    expect(code).toBe(0);
    expect(out).toMatch(/^The backup in \S+ is whole: 1,325 events/);
    expect(existsSync(DATA_DIR)).toBe(false);
  });

  it('killed repeatedly, continues where it was each time, and ends with the same log', async () => {
    let kills = 0;
    for (const share of [0.1, 0.3, 0.6, 0.9]) {
      const child = start(['restore', backup()], shared);
      const exited = once(child, 'exit');
      while (db.log.records.length < share * original.length) await once(db.log, 'written');
      killChild(child);
      const [, signal] = await exited;
      if (signal === 'SIGKILL') kills += 1;
    }
    expect(kills).toBe(4);
    const { code, out } = await run(['restore', backup(), '--json'], shared);
    expect(code).toBe(0);
    expect(JSON.parse(out).before).toBeGreaterThan(0.8 * original.length);
    expect(await restored()).toEqual(original);
  });

  it('is refused while a service has the log open', async () => {
    const service = await SqliteEventStore.open({ directory });
    const { code, err } = await run(['restore', backup()]);
    await service.close();
    expect(code).toBe(1);
    expect(err).toMatch(/\nThe event store in \S+ is open in another process\.\n$/);
  });

  it('says what to do when a store does not answer, without its password', async () => {
    const away = { ...shared, EVENT_STORE_URL: 'esdb://admin:hidden@127.0.0.1:9/?tls=false' };
    const { code, err } = await run(['restore', backup()], away);
    expect(code).toBe(1);
    expect(err).toMatch(
      /\nThe event store does not answer: .*\nRun the command again once that is fixed\.\n$/,
    );
    expect(err).not.toContain('hidden');
  });

  it('is refused with an invalid key', async () => {
    const { code, err } = await run(['restore', backup(), '--key', 'none']);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: --key: .+\n\(--help shows how it is used\.\)\n$/);
  });
});

describe('tessera-ctl', () => {
  it('lists its commands', async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^ {2}restore \[options\] <directory> +restore a backup into empty stores of either$/m,
    );
  });
});
