import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { EventStoreUnusable, type NewEvent, type Position, type Revision, START } from '#event-store';
import { EventStoreDb } from '../../../test/servers/eventstoredb/index.ts';
import { EventStoreDbEventStore } from './index.ts';
import { positionOf } from './recorded.ts';

const event = (text = ''): NewEvent => ({ id: v7(), type: 'Happened', data: { text }, metadata: {} });

describe('EventStoreDbEventStore', () => {
  let db: EventStoreDb;
  let store: EventStoreDbEventStore;

  beforeEach(async () => {
    db = await EventStoreDb.start();
    store = new EventStoreDbEventStore({ url: db.url });
  });
  afterEach(async () => {
    await store.close();
    await db.close();
  });

  const statistics = (count: number) => {
    for (let n = 0; n < count; n++) db.log.writeStatistics();
  };
  /** How many reads the server was asked for, and how many events it sent, by what is done. */
  const cost = async (work: () => Promise<unknown>) => {
    const { reads } = db.asked;
    const { sent } = db.log;
    await work();
    return { reads: db.asked.reads - reads, sent: db.log.sent - sent };
  };

  describe("the server's own events", () => {
    it('are nowhere to be seen, however many there are', async () => {
      expect(await store.head()).toBe(START);
      expect(await store.readAll()).toEqual([]);
      const first = await store.append('thing-1', [event()], 'none');
      statistics(3_000);
      expect(await store.head()).toBe(first.position);
      const second = await store.append('thing-1', [event()], first.revision);
      statistics(1);
      expect(await store.head()).toBe(second.position);

      const log = await store.readStream('thing-1');
      expect(await store.readAll({ limit: 1 })).toEqual(log.slice(0, 1));
      expect(await store.readAll({ limit: 2 })).toEqual(log);
      expect(await store.readAll({ after: first.position })).toEqual(log.slice(1));
      expect(await store.readAll({ after: second.position, limit: 1 })).toEqual([]);
    });

    it('cost nobody anything: the end of the log is one read of one event, at most two at once for many', async () => {
      const { position } = await store.append('thing-1', [event()], 'none');
      statistics(3_000);
      expect(await cost(() => store.head())).toEqual({ reads: 1, sent: 1 });
      const crowd = Array.from({ length: 64 }, () => undefined);
      const heads: unknown[] = [];
      const many = await cost(async () => {
        heads.push(...(await Promise.all(crowd.map(() => store.head()))));
      });
      expect(heads).toEqual(crowd.map(() => position));
      expect(many).toEqual({ reads: 2, sent: 2 });
      expect(await cost(() => store.readAll({ after: position }))).toEqual({ reads: 1, sent: 1 });
    });

    it('do not hold up the first commands of a process', async () => {
      await store.append('thing-1', [event()], 'none');
      statistics(3_000);
      const { considered } = db.log;
      const other = new EventStoreDbEventStore({ url: db.url });
      const appends = Array.from({ length: 8 }, (_, n) => other.append(`thing-${n + 2}`, [event()], 'none'));
      expect(await cost(() => Promise.all(appends))).toEqual({ reads: 2, sent: 2 });
      expect(db.log.considered - considered).toBe(2);
      await other.close();
    });

    it('do not move a follower on: it can reach the head, and stays there', async () => {
      await store.append('thing-1', [event()], 'none');
      const { position } = await store.append('thing-1', [event()], 'any');
      statistics(5_000);
      const abort = new AbortController();
      const batches: unknown[] = [];
      const { sent } = await cost(async () => {
        for await (const batch of store.subscribe({ after: START, batchSize: 10, signal: abort.signal })) {
          batches.push([batch.events.length, batch.position, batch.caughtUp]);
          if (batches.length > 1) abort.abort();
          // So many that the server tells how far it has looked.
          else statistics(50_000);
          if (batches.length === 1) await store.append('thing-1', [event()], 'any');
        }
      });
      expect(batches).toEqual([
        [2, position, true],
        [1, await store.head(), true],
      ]);
      expect(sent).toBeLessThan(20);
    });

    it('grow by links to each of ours where the system projections run', async () => {
      const linked = await EventStoreDb.start({ projectionsAfterMs: 0 });
      const other = new EventStoreDbEventStore({ url: linked.url });
      const { position } = await other.append('thing-1', [event(), event()], 'none');
      const linksOf = (prefix: string) =>
        linked.log.records.filter(({ stream }) => stream.startsWith(prefix));
      while (linksOf('$et-').length < 2) await nextTurn();
      expect(linksOf('$ce-thing').map(({ data }) => Buffer.from(data).toString())).toEqual([
        '0@thing-1',
        '1@thing-1',
      ]);
      expect(await other.head()).toBe(position);
      expect(await other.readAll()).toHaveLength(2);
      await other.close();
      await linked.close();
    });

    it('have names no event of ours can have', async () => {
      await expect(store.append('$thing-1', [event()], 'any')).rejects.toThrow(RangeError);
      await expect(store.append('thing-1', [{ ...event(), type: '$ed' }], 'any')).rejects.toThrow(RangeError);
      expect(await store.head()).toBe(START);
    });
  });

  it('refuses a follower whose position is beyond the log, or between events', async () => {
    const { position } = await store.append('thing-1', [event('some text')], 'none');
    await store.append('thing-1', [event()], 'any');
    const follow = async (after: number) => {
      const { signal } = new AbortController();
      for await (const _ of store.subscribe({ after: after as Position, batchSize: 1, signal }));
    };
    await expect(follow(position + 1_000_000)).rejects.toThrow('is older than what was read from it');
    await expect(follow(position + 1)).rejects.toThrow(EventStoreUnusable);
    await expect(store.readAll({ after: (position + 1) as Position })).rejects.toThrow(EventStoreUnusable);
  });

  it('recognises a repeated append of another process by its position', async () => {
    const batch = [event(), event()];
    const first = await store.append('thing-1', batch, 'none');
    const other = new EventStoreDbEventStore({ url: db.url });
    expect(await other.append('thing-1', batch, 'none')).toEqual({ ...first, duplicate: true });
    await other.close();
  });

  it('says so when the server takes less at once than an append has', async () => {
    const half = () => event('x'.repeat(600_000));
    const append = store.append('thing-1', [half(), half()], 'none');
    await expect(append).rejects.toThrow(EventStoreUnusable);
    await expect(append).rejects.toThrow('raise its MaxAppendSize');
    expect(await store.readStream('thing-1')).toEqual([]);
  });

  it('says so when somebody has deleted a stream', async () => {
    await store.append('thing-1', [event()], 'none');
    db.log.tombstone('thing-1', 'any');
    await expect(store.append('thing-1', [event()], 0 as Revision)).rejects.toThrow(EventStoreUnusable);
    await expect(store.readStream('thing-1')).rejects.toThrow('Stream thing-1 has been deleted.');
  });

  it('refuses to read an event of others that only claims to be JSON, and reads on', async () => {
    const contentType = 'application/json';
    const noJson = {
      id: v7(),
      type: 'Imported',
      contentType,
      data: Buffer.from('<'),
      metadata: Buffer.from(''),
    };
    db.log.append('theirs-1', 'no_stream', [noJson]);
    const reads = [store.readStream('theirs-1'), store.readAll()];
    for (const read of reads) {
      await expect(read).rejects.toThrow(EventStoreUnusable);
      await expect(read).rejects.toThrow('is not JSON');
    }
    await store.append('thing-1', [event()], 'none');
    expect(await store.readStream('thing-1')).toHaveLength(1);
  });

  it('takes no place in the log for another', () => {
    const at = (commit: string, prepare = commit) => ({
      getCommitPosition: () => commit,
      getPreparePosition: () => prepare,
    });
    expect(positionOf(at(`${2n ** 53n - 1n}`))).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => positionOf(at(`${2n ** 53n}`))).toThrow(EventStoreUnusable);
    expect(() => positionOf(at('10', '7'))).toThrow(EventStoreUnusable);
    expect(() => positionOf(undefined)).toThrow(EventStoreUnusable);
  });
});

describe('a connection that is secured', () => {
  it('needs a user', () => {
    expect(() => new EventStoreDbEventStore({ url: 'esdb://127.0.0.1:2113' })).toThrow(
      'a user and a password',
    );
    expect(() => new EventStoreDbEventStore({ url: 'kurrentdb://127.0.0.1:2113' })).toThrow();
  });

  (hasOpenssl() ? it : it.skip)(
    'trusts who its authority vouches for, and is trusted by name and password',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'tessera-tls-'));
      const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
      makeCertificate(keyFile, certFile);
      const tls = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
      const db = await EventStoreDb.start({ tls, users: { tessera: 'p@ss:word' } });
      const open = async (
        user: string,
        query: string,
        work: (store: EventStoreDbEventStore) => Promise<unknown>,
      ) => {
        const url = `esdb://${user}@localhost:${db.leader.port}?${query}`;
        const store = new EventStoreDbEventStore({ url, patienceMs: 0 });
        try {
          return await work(store);
        } finally {
          await store.close();
        }
      };
      const trusting = `tlsCAFile=${encodeURIComponent(certFile)}`;
      const appended = await open('tessera:p%40ss%3Aword', trusting, async (store) => {
        const result = await store.append('thing-1', [event()], 'none');
        expect(await store.readAll()).toHaveLength(1);
        return result;
      });
      expect(appended).toMatchObject({ revision: 0, duplicate: false });
      const refused = open('tessera:wrong', trusting, (store) => store.append('thing-2', [event()], 'none'));
      await expect(refused).rejects.toThrow('refuses its user or password');
      const untrusted = open('tessera:p%40ss%3Aword', 'tls=true', (store) => store.head());
      await expect(untrusted).rejects.toThrow('does not answer');
      await db.close();
      rmSync(directory, { recursive: true });
    },
  );

  function hasOpenssl(): boolean {
    try {
      execFileSync('openssl', ['version']);
      return true;
    } catch {
      return false;
    }
  }

  /** One that vouches for itself. */
  function makeCertificate(keyFile: string, certFile: string): void {
    const request =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test';
    const names = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', [...request.split(' '), ...names], { stdio: 'ignore' });
  }
});
