import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { EventStoreUnusable, type Position, type RecordedEvent, START } from '#event-store';
import { SqliteEventReader, SqliteEventStore } from './index.ts';

const WAL_HEADER = 32;
const WAL_FRAME = 24 + 4096;
const STREAMS = 25;
const COMMITS = 40;

/** A log part of which is in the database file and part in the write-ahead log. */
interface Sample {
  readonly directory: string;
  readonly log: readonly RecordedEvent[];
  /** After which positions a commit ended. */
  readonly commits: ReadonlySet<number>;
}

describe('a damaged file', () => {
  const root = mkdtempSync(join(tmpdir(), 'tessera-damage-'));
  afterAll(() => rmSync(root, { recursive: true }));
  let attempts = 0;

  async function readAll(store: SqliteEventStore): Promise<RecordedEvent[]> {
    const log: RecordedEvent[] = [];
    for (let after: Position = START; ; ) {
      const page = await store.readAll({ after });
      const last = page.at(-1);
      if (!last) return log;
      log.push(...page);
      after = last.position;
    }
  }

  /** Takes copies of the files while the store has them open, as they would be if it died. */
  async function sample(name: string, checkpointBefore: 'some' | 'all'): Promise<Sample> {
    const directory = join(root, name);
    mkdirSync(directory);
    const live = join(root, `${name}-live`);
    const commits = new Set([-1]);
    let store = await SqliteEventStore.open({ directory: live });
    for (let commit = 0; commit < COMMITS; commit++) {
      if (commit === COMMITS / 2) {
        await store.close();
        store = await SqliteEventStore.open({ directory: live });
      }
      const events = Array.from({ length: 1 + (commit % 7) }, (_, n) => ({
        id: v7(),
        type: 'Happened',
        data: { commit, n, text: 'some text '.repeat((commit * 13) % 60) },
        metadata: { at: '2026-05-01T08:00:00.000Z' },
      }));
      const { position } = await store.append(`thing-${(commit * 7) % STREAMS}`, events, 'any');
      commits.add(position);
    }
    if (checkpointBefore === 'all') {
      const db = new DatabaseSync(join(live, 'events.db'));
      db.exec('PRAGMA wal_checkpoint(PASSIVE)');
      copy(live, directory);
      db.close();
    } else {
      copy(live, directory);
    }
    const log = await readAll(store);
    await store.close();
    return { directory, log, commits };
  }

  function copy(from: string, to: string): void {
    for (const file of ['events.db', 'events.db-wal']) copyFileSync(join(from, file), join(to, file));
  }

  /** What the store makes of the sample after `damage`: how many events it still has, or that it refuses. */
  async function outcome(
    { directory, log, commits }: Sample,
    damage: (db: string, wal: string) => void,
  ): Promise<number | 'refused'> {
    const damaged = join(root, `attempt-${attempts++}`);
    mkdirSync(damaged);
    copy(directory, damaged);
    damage(join(damaged, 'events.db'), join(damaged, 'events.db-wal'));
    let store: SqliteEventStore | undefined;
    try {
      store = await SqliteEventStore.open({ directory: damaged });
      const found = await readAll(store);
      expect(found).toEqual(log.slice(0, found.length));
      expect(commits).toContain(found.length - 1);
      for (let n = 0; n < STREAMS; n++) {
        const stream = `thing-${n}`;
        expect(await store.readStream(stream)).toEqual(found.filter((event) => event.stream === stream));
      }
      return found.length;
    } catch (error) {
      if (!(error instanceof EventStoreUnusable)) throw error;
      return 'refused';
    } finally {
      await store?.close();
      rmSync(damaged, { recursive: true });
    }
  }

  function flip(path: string, bit: number): void {
    const bytes = readFileSync(path);
    const at = Math.floor(bit / 8) % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
    writeFileSync(path, bytes);
  }

  describe.each(['some', 'all'] as const)('with %s of its log carried into it', (checkpointed) => {
    let intact: Sample;
    beforeAll(async () => {
      intact = await sample(checkpointed, checkpointed);
    });

    it('is whole without damage, and refused without its database', async () => {
      expect(await outcome(intact, () => {})).toBe(intact.log.length);
      expect(await outcome(intact, (db) => rmSync(db))).toBe('refused');
      expect(await outcome(intact, (db) => truncateSync(db))).toBe('refused');
    });

    it('has what was carried over when its write-ahead log is gone', async () => {
      const kept = await outcome(intact, (_, wal) => rmSync(wal));
      expect(kept).toBe(checkpointed === 'all' ? intact.log.length : [...intact.commits][COMMITS / 2]! + 1);
    });

    it('is an exact prefix or refused when its write-ahead log is cut after any frame', async () => {
      const frames = (readFileSync(join(intact.directory, 'events.db-wal')).length - WAL_HEADER) / WAL_FRAME;
      const kept: (number | 'refused')[] = [];
      for (let frame = 0; frame <= frames; frame++) {
        kept.push(await outcome(intact, (_, wal) => truncateSync(wal, WAL_HEADER + frame * WAL_FRAME)));
      }
      expect(frames).toBeGreaterThan(COMMITS);
      expect(kept.at(-1)).toBe(intact.log.length);
      // Of a log that was not carried over, every commit is a prefix that comes up.
      if (checkpointed === 'some') expect(new Set(kept).size).toBe(COMMITS / 2 + 1);
    });

    it('is an exact prefix or refused when its write-ahead log is cut anywhere or a bit of it flips', async () => {
      const size = readFileSync(join(intact.directory, 'events.db-wal')).length;
      await fc.assert(
        fc.asyncProperty(fc.boolean(), fc.nat(size - 1), fc.nat(7), async (cut, at, bit) => {
          await outcome(intact, (_, wal) => (cut ? truncateSync(wal, at) : flip(wal, at * 8 + bit)));
        }),
        { numRuns: 60 },
      );
    });

    it('is an exact prefix or refused when its database is cut anywhere or a bit of it flips', async () => {
      const size = readFileSync(join(intact.directory, 'events.db')).length;
      const outcomes = new Set<number | 'refused'>();
      await fc.assert(
        fc.asyncProperty(fc.boolean(), fc.nat(size - 1), fc.nat(7), async (cut, at, bit) => {
          outcomes.add(await outcome(intact, (db) => (cut ? truncateSync(db, at) : flip(db, at * 8 + bit))));
        }),
        { numRuns: 120 },
      );
      expect(outcomes).toContain('refused');
    });
  });

  it.each([
    ['an event', 'DELETE FROM event WHERE position = 3'],
    [
      'the first event of a stream',
      'UPDATE event SET revision = revision + 1 WHERE stream = 1 AND revision = 4',
    ],
    ['the name of a stream', 'DELETE FROM stream WHERE key = 2'],
    ['a word', "UPDATE event SET data = replace(data, 'some', 'no') WHERE position = 9"],
  ])('is refused at once when it lacks %s', async (_, sql) => {
    const directory = mkdtempSync(join(root, 'lacking-'));
    const store = await SqliteEventStore.open({ directory });
    for (let n = 0; n < 10; n++) {
      const event = { id: v7(), type: 'Happened', data: { text: 'some' }, metadata: {} };
      await store.append(`thing-${n % 2}`, [event], 'any');
    }
    await store.close();
    const db = new DatabaseSync(join(directory, 'events.db'));
    expect(db.prepare(sql).run().changes).toBe(1);
    db.close();
    await expect(SqliteEventStore.open({ directory })).rejects.toThrow(EventStoreUnusable);
  });

  it('is refused to its readers as well when its tables cannot be understood', async () => {
    const directory = mkdtempSync(join(root, 'schema-'));
    await (await SqliteEventStore.open({ directory })).close();
    const db = new DatabaseSync(join(directory, 'events.db'));
    db.enableDefensive(false);
    db.exec("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE' WHERE name = 'event'");
    db.close();
    await expect(SqliteEventReader.open({ directory })).rejects.toThrow(EventStoreUnusable);
  });
});
