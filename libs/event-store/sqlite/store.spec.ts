import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import {
  EventIdInUse,
  EventStoreFull,
  EventStoreUnavailable,
  EventStoreUnusable,
  type NewEvent,
  type Position,
  PositionSignal,
  type Revision,
} from '#event-store';
import { killChild, startChild } from '../../../test/programs/child.ts';
import { until } from '../../../test/tooling/until.ts';
import { openForReading, openForWriting } from './file.ts';
import { SqliteEventReader, SqliteEventStore, type SqliteEventStoreOptions } from './index.ts';

const event = (text = ''): NewEvent => ({ id: v7(), type: 'Happened', data: { text }, metadata: {} });

describe('SqliteEventStore', () => {
  let directory: string;
  const stores: SqliteEventStore[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tessera-sqlite-'));
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    rmSync(directory, { recursive: true });
  });

  async function open(options: Partial<SqliteEventStoreOptions> = {}): Promise<SqliteEventStore> {
    const store = await SqliteEventStore.open({ directory, ...options });
    stores.push(store);
    return store;
  }

  it('knows every id for ever, even where nothing is expected of it', async () => {
    const store = await open();
    const [one, two, three] = [event(), event(), event()];
    const first = await store.append('thing-1', [one, two], 'none');
    for (const batch of [
      [two, three],
      [three, one],
      [two, one],
    ]) {
      await expect(store.append('thing-1', batch, first.revision)).rejects.toThrow(EventIdInUse);
    }
    const again = await store.append('thing-1', [one, two], first.revision);
    expect(again).toEqual({ ...first, duplicate: true });
    expect(await store.head()).toBe(first.position);
  });

  describe('its files', () => {
    it('are made where there are none, in a folder that need not exist', async () => {
      const nested = join(directory, 'a', 'b');
      const store = await open({ directory: nested });
      await store.append('thing-1', [event()], 'none');
      expect(await store.head()).toBe(0);
    });

    it('are checkpointed by another thread, long before a commit would do it', async () => {
      const store = await open();
      const mebibyte = 2 ** 20;
      const text = 'x'.repeat(0.9 * mebibyte);
      for (let count = 0; count < 24; count++) await store.append('thing-1', [event(text)], 'any');
      await until(() => statSync(join(directory, 'events.db')).size > 8 * mebibyte);
    });

    it('have one writer in this process', async () => {
      await open();
      await expect(open()).rejects.toThrow(EventStoreUnusable);
      await expect(open()).rejects.toThrow('open in another process');
    });

    it('have one writer among processes, until it is gone, however suddenly', async () => {
      await (await open()).close();
      const holder = startChild('libs/event-store/sqlite/testing/lock-holder.js', {
        args: [join(directory, 'events.lock')],
      });
      await once(holder.stdout, 'data');
      await expect(open()).rejects.toThrow(EventStoreUnusable);
      const gone = once(holder, 'exit');
      killChild(holder);
      await gone;
      await (await open()).append('thing-1', [event()], 'none');
    });

    it('are refused when a newer release wrote them, and left as they are', async () => {
      await (await open()).close();
      const db = new DatabaseSync(join(directory, 'events.db'));
      db.exec('PRAGMA user_version = 2');
      db.close();
      for (const refused of [() => open(), () => open(), () => SqliteEventReader.open({ directory })]) {
        await expect(refused()).rejects.toThrow(EventStoreUnusable);
        await expect(refused()).rejects.toThrow('newer release');
      }
    });

    it('are refused when they belong to another program', async () => {
      const db = new DatabaseSync(join(directory, 'events.db'));
      db.exec('CREATE TABLE other (a); PRAGMA user_version = 1');
      db.close();
      await expect(open()).rejects.toThrow('is not an event store');
      const untouched = new DatabaseSync(join(directory, 'events.db'));
      expect(untouched.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' });
      untouched.close();
    });

    it('are flushed to the disk by each commit', () => {
      const db = openForWriting(directory);
      expect(db.prepare('PRAGMA synchronous').get()).toEqual([2]);
      expect(db.prepare('PRAGMA journal_mode').get()).toEqual(['wal']);
      db.close();
    });

    it('cannot be written through a reader, and must exist for it', async () => {
      await expect(SqliteEventReader.open({ directory })).rejects.toThrow(EventStoreUnavailable);
      await open();
      const db = openForReading(directory);
      expect(() => db.exec('DELETE FROM event')).toThrow('readonly');
      db.close();
    });

    it('hold an event the moment its append is answered', async () => {
      const store = await open();
      const copy = join(directory, 'copy');
      await (await open({ directory: copy })).close();
      for (let round = 0; round < 20; round++) {
        const appends = Array.from({ length: 8 }, (_, n) =>
          store.append(`thing-${n}`, [event(), event()], 'any'),
        );
        const { position } = await Promise.race(appends);
        for (const file of ['events.db', 'events.db-wal']) {
          copyFileSync(join(directory, file), join(copy, file));
        }
        const copied = await open({ directory: copy });
        expect(await copied.head()).toBeGreaterThanOrEqual(position);
        expect(await copied.readAll()).toEqual((await store.readAll()).slice(0, (await copied.head()) + 1));
        await copied.close();
        await Promise.all(appends);
      }
    });
  });

  describe('a commit that fails', () => {
    it('refuses the appends that shared it and none after', async () => {
      const store = await open({ maxPages: 64 });
      const [first, small, large, last] = [event(), event(), event('x'.repeat(500_000)), event()];
      await store.append('thing-1', [first], 'none');

      const shared = [store.append('thing-2', [small], 'none'), store.append('thing-3', [large], 'none')];
      for (const outcome of await Promise.allSettled(shared)) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { name: 'EventStoreFull' } });
      }
      expect(await store.readStream('thing-2')).toEqual([]);

      const after = [
        store.append('thing-2', [small], 'none'),
        store.append('thing-1', [last], 0 as Revision),
      ];
      expect(await Promise.all(after)).toEqual([
        { revision: 0, position: 1, duplicate: false },
        { revision: 1, position: 2, duplicate: false },
      ]);
      await store.close();

      const roomy = await open();
      expect(await roomy.append('thing-3', [large], 'none')).toMatchObject({ position: 3, duplicate: false });
      expect((await roomy.readAll()).map(({ id }) => id)).toEqual([first.id, small.id, last.id, large.id]);
    });

    it('is reported by the check whether it can be written, for some seconds or until it can', async () => {
      const store = await open({ maxPages: 64 });
      await store.checkWritable();
      const large = event('x'.repeat(500_000));
      await expect(store.append('thing-1', [large], 'any')).rejects.toBeInstanceOf(EventStoreFull);
      await expect(store.checkWritable()).rejects.toBeInstanceOf(EventStoreFull);
      await store.append('thing-1', [event()], 'any');
      await store.checkWritable();
    });

    it('is reported before it happens', async () => {
      const store = await open({ minFreeBytes: Number.MAX_SAFE_INTEGER });
      await expect(store.checkWritable()).rejects.toBeInstanceOf(EventStoreFull);
      expect(await store.append('thing-1', [event()], 'none')).toMatchObject({ position: 0 });
    });

    it('is not seen by those who follow', async () => {
      const signal = new PositionSignal();
      const store = await open({ maxPages: 64, signal });
      await store.append('thing-1', [event()], 'none');
      await expect(store.append('thing-1', [event('x'.repeat(500_000))], 'any')).rejects.toBeInstanceOf(
        EventStoreFull,
      );
      expect(signal.current).toBe(0);
      await store.append('thing-1', [event()], 'any');
      expect(signal.current).toBe(1);
    });
  });

  it('lets only so many appends wait', async () => {
    const store = await open({ maxWaiting: 3 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => store.append(`thing-${n}`, [event()], 'none')),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'fulfilled'],
      ...['rejected', 'rejected'],
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { name: 'EventStoreUnavailable' } });
    expect(await store.append('thing-3', [event()], 'none')).toMatchObject({ position: 3 });
  });

  it.each([
    ['when it is closed', true],
    ['in as many groups as it takes', false],
  ])('commits all that waits, %s', async (_, closes) => {
    const store = await open();
    const batch = () => Array.from({ length: 700 }, () => event());
    const appends = Array.from({ length: 5 }, () => store.append('thing-1', batch(), 'any'));
    if (closes) await store.close();
    expect((await Promise.all(appends)).map(({ revision }) => revision)).toEqual([
      699, 1399, 2099, 2799, 3499,
    ]);
    if (!closes) await store.close();
    expect(await (await open()).head()).toBe(3499);
  });

  it('takes a UUID in any case for the same one, and nothing else for a UUID', async () => {
    const store = await open();
    const one = event();
    await store.append('thing-1', [{ ...one, id: one.id.toUpperCase() }], 'none');
    expect(await store.append('thing-1', [one], 'none')).toMatchObject({ duplicate: true });
    expect(await store.readStream('thing-1')).toMatchObject([{ id: one.id }]);
    for (const id of ['', 'x', one.id.slice(1), `${one.id}0`, one.id.replaceAll('-', '')]) {
      await expect(store.append('thing-1', [{ ...one, id }], 'any')).rejects.toThrow(RangeError);
    }
  });

  describe('streams that are read at the same time', () => {
    it('are each their own, also beside a damaged one', async () => {
      const store = await open();
      const names = ['thing-1', 'thing-2', 'thing-3'];
      for (const name of names) await store.append(name, [event(name)], 'none');
      const db = new DatabaseSync(join(directory, 'events.db'));
      db.exec(`UPDATE event SET data = '{"text":"other"}' WHERE position = 1`);
      db.close();
      const outcomes = await Promise.allSettled(
        [...names, 'thing-4'].map((name) => store.readStream(name, { direction: 'backwards' })),
      );
      expect(outcomes).toMatchObject([
        { value: [{ stream: 'thing-1', data: { text: 'thing-1' } }] },
        { reason: { name: 'EventStoreUnusable' } },
        { value: [{ stream: 'thing-3', data: { text: 'thing-3' } }] },
        { value: [] },
      ]);
      expect(await store.readStream('thing-1')).toHaveLength(1);
    });

    it('are answered still when the store is closed', async () => {
      const store = await open();
      await store.append('thing-1', [event()], 'none');
      const reads = [store.readStream('thing-1'), store.readStream('thing-1')];
      await store.close();
      expect(await Promise.all(reads)).toMatchObject([[{ revision: 0 }], [{ revision: 0 }]]);
      await expect(store.readStream('thing-1')).rejects.toThrow(EventStoreUnavailable);
    });
  });

  it('refuses a follower who has read more than there is', async () => {
    const store = await open();
    await store.append('thing-1', [event()], 'none');
    const options = { after: 1 as Position, batchSize: 10, signal: new AbortController().signal };
    const next = store.subscribe(options)[Symbol.asyncIterator]().next();
    await expect(next).rejects.toThrow(EventStoreUnusable);
  });
});
