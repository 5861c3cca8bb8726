// The command line as it is delivered.
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import { MongoViewStore } from '#view-store/mongodb';
import { type ChildWithOutput, killChild, startChild } from '../../test/programs/child.ts';
import { type FinishedProgram, finished } from '../../test/programs/program.ts';
import { EventStoreDb } from '../../test/servers/eventstoredb/index.ts';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { contents, newLog } from './testing/logs.ts';

const APPENDS = 400;

describe('tessera-ctl', () => {
  let directory: string;
  let original: Awaited<ReturnType<typeof contents>>;
  let db: EventStoreDb;

  beforeAll(async () => {
    directory = await newLog(APPENDS);
    const source = await SqliteEventStore.open({ directory });
    original = await contents(source);
    await source.close();
  });
  afterAll(() => rm(directory, { recursive: true }));
  beforeEach(async () => {
    db = await EventStoreDb.start();
  });
  afterEach(() => db.close());

  function start(args: readonly string[], DATA_DIR = directory): ChildWithOutput {
    return startChild('apps/ctl/tessera-ctl.js', { args, env: { PATH: process.env.PATH, DATA_DIR } });
  }

  function run(args: readonly string[], dataDir?: string): Promise<FinishedProgram> {
    return finished(start(args, dataDir));
  }

  const migrate = (...to: readonly string[]) => [
    'migrate',
    '--from',
    'embedded',
    ...to.flatMap((url) => ['--to', url]),
  ];

  async function copied() {
    const target = new EventStoreDbEventStore({ url: db.url });
    try {
      return await contents(target);
    } finally {
      await target.close();
    }
  }

  describe('migrate', () => {
    it('copies the log and reports the next steps', async () => {
      const { code, out, err } = await run(migrate(db.url));
      expect(code).toBe(0);
      expect(err).toMatch(/^ {2}verifying the streams +1,325 of 1,325 events/m);
      expect(await copied()).toEqual(original);
      expect(out).toContain(
        `The copy is whole: ${original.length} events in 14 streams, 0 of them from before.`,
      );
      expect(out).toMatch(/SHA-256 of all, read from either side: [0-9a-f]{64}\n/);
      expect(out).toContain('The workers build the views from the start of the log.');
    });

    it('tells programs what it did, apart from its progress', async () => {
      const { code, out } = await run([...migrate(db.url), '--json']);
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ directory, events: original.length, streams: 14, before: 0 });
    });

    it('killed repeatedly, continues each time where it was, and ends with the same log', async () => {
      let kills = 0;
      for (const share of [0.1, 0.3, 0.6, 0.9]) {
        const child = start(migrate(db.url));
        const gone = once(child, 'exit');
        while (db.log.records.length < share * original.length) await once(db.log, 'written');
        killChild(child);
        const [, signal] = await gone;
        if (signal === 'SIGKILL') kills += 1;
      }
      expect(kills).toBe(4);
      const { code, out } = await run(migrate(db.url));
      expect(code).toBe(0);
      expect(Number(/ (\d+) of them from before/.exec(out)?.[1])).toBeGreaterThan(0.8 * original.length);
      expect(await copied()).toEqual(original);
    });

    it('is refused while a service has the log open', async () => {
      const service = await SqliteEventStore.open({ directory });
      const { code, err } = await run(migrate(db.url));
      await service.close();
      expect({ code, err }).toEqual({
        code: 1,
        err: `The event store in ${directory} is open in another process.\n`,
      });
      expect(await copied()).toEqual([]);
    });

    it('is refused without a log', async () => {
      const { code, err } = await run(migrate(db.url), `${directory}-none`);
      expect({ code, err }).toEqual({
        code: 1,
        err: `There is no log in ${directory}-none; DATA_DIR says where it is.\n`,
      });
    });

    it('says what to do when the event store does not answer, without its password', async () => {
      const { code, err } = await run(migrate('esdb://admin:hidden@127.0.0.1:9/?tls=false'));
      expect(code).toBe(1);
      expect(err).toMatch(/\nThe event store does not answer: .*\nRun the command again to continue\.\n$/);
      expect(err).not.toContain('hidden');
    });

    it('accepts an empty view store, and does not write to it', async () => {
      const server = await MongoServer.start();
      const url = server.url.replace('/?', '/tessera?');
      const { code } = await run(migrate(db.url, url));
      expect(code).toBe(0);
      expect(server.collections('tessera')).toEqual([]);
      await server.close();
    });

    it('is refused for a view store that is not empty', async () => {
      const server = await MongoServer.start();
      const url = server.url.replace('/?', '/tessera?');
      const views = new MongoViewStore({ url });
      await views.commit({ follower: 'shares', from: START, to: START, writes: [] });
      await views.close();
      const { code, err } = await run(migrate(db.url, url));
      expect(code).toBe(1);
      expect(err).toContain('The view store is not empty (_counters, _followers)');
      expect(await copied()).toEqual([]);
      await server.close();
    });

    it.each<[string, readonly string[]]>([
      ['an unknown source', ['--from', 'postgres', '--to', 'esdb://a:1']],
      ['no target', ['--from', 'embedded']],
      ['a target for views only', migrate('mongodb://a:1/b').slice(1)],
      ['two targets for the log', migrate('esdb://a:1', 'esdb://b:1').slice(1)],
      ['views without a database', migrate('esdb://a:1', 'mongodb://a:1').slice(1)],
    ])('refuses %s', async (_, args) => {
      const { code, err } = await run(['migrate', ...args]);
      expect(code).toBe(2);
      expect(err).toMatch(/^error: .+\n\(--help shows how it is used\.\)\n$/);
    });
  });

  it('lists its commands', async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    expect(out).toContain('migrate [options]  copy the log in DATA_DIR to an EventStoreDB');
  });
});
