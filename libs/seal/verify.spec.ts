import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Instant } from '#domain/kernel';
import { EventStoreUnusable, type RecordedEvent } from '#event-store';
import { SqliteEventReader, SqliteEventStore } from '#event-store/sqlite';
import { newSignerKey, signCheckpoint } from '#evidence';
import { SqliteViewStore } from '#view-store/sqlite';
import { checksum, type Row } from '../event-store/sqlite/row.ts';
import { sealTiles, signedCheckpoints } from './documents.ts';
import { parseSealingKeys } from './keys.ts';
import { Sealer } from './sealer.ts';
import { hashesIn, tileDocument, tileId } from './tiles.ts';
import { NothingToVerify, type VerifyOptions, verifyLog } from './verify.ts';

const SIZE = 300;
const STREAMS = 7;
const keys = parseSealingKeys(newSignerKey('verified.example'));
const verifiers = keys.signers.map(({ verifier }) => verifier);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => '2026-11-29T10:00:00.000Z' as Instant };

let folder: string;
let views: SqliteViewStore;
let events: readonly RecordedEvent[];
/** Of the first 100 events. */
let older: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  const store = await SqliteEventStore.open({ directory: join(folder, 'log') });
  for (let at = 0; at < SIZE; at += 1) {
    if (at === 100) await seal(store);
    const event = { id: randomUUID(), type: 'Happened', data: { at, text: 'é' }, metadata: { by: 'ann' } };
    await store.append(`thing-${at % STREAMS}`, [event], 'any');
  }
  await seal(store);
  events = await store.readAll();
  await store.close();
  const notes = (await views.find(signedCheckpoints, { index: 'by-size', prefix: [] })).items;
  older = notes[0]?.note ?? '';
});

afterAll(async () => {
  await views.close();
  rmSync(folder, { recursive: true });
});

async function seal(reader: SqliteEventStore): Promise<void> {
  const sealer = new Sealer({ reader, views, keys, intervalMs: 60_000, clock, log: silent });
  await sealer.start();
  await sealer.stop();
}

/** Verifies a copy of the log's file, altered. */
async function verifyAltered(
  alter: (database: DatabaseSync) => void,
  options: Partial<VerifyOptions> = {},
): ReturnType<typeof verifyLog> {
  return withCopy(async (directory) => {
    const database = new DatabaseSync(join(directory, 'events.db'));
    alter(database);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    return verify(directory, options);
  });
}

async function withCopy<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(join(folder, 'copy-'));
  cpSync(join(folder, 'log'), directory, { recursive: true });
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function verify(directory: string, options: Partial<VerifyOptions> = {}) {
  const reader = await SqliteEventReader.open({ directory });
  try {
    return await verifyLog({ reader, views, keys: verifiers, ...options });
  } finally {
    await reader.close();
  }
}

/** Gives a row other values, and the checksum that belongs to them. */
function rewrite(database: DatabaseSync, position: number, change: (row: Row) => Partial<Row>): void {
  const row = database
    .prepare(
      `SELECT name AS stream, position, revision, hex(id) AS hex, type, data, metadata
       FROM event JOIN stream ON key = event.stream WHERE position = ?`,
    )
    .get(position) as unknown as Row;
  const altered = { ...row, ...change(row) };
  database
    .prepare(
      `UPDATE event SET position = ?, revision = ?, id = unhex(?), type = ?, data = ?, metadata = ?, checksum = ?
       WHERE position = ?`,
    )
    .run(
      altered.position,
      altered.revision,
      altered.hex,
      altered.type,
      altered.data,
      altered.metadata,
      checksum(altered),
      position,
    );
}

/** Moves the events from one place on so many places along, from the end where they make room. */
function shift(database: DatabaseSync, from: number, by: 1 | -1): void {
  const places = Array.from({ length: SIZE - from }, (_, at) => from + at);
  for (const position of by === 1 ? places.reverse() : places) {
    rewrite(database, position, () => ({ position: position + by }));
  }
}

const forged = '11111111111141118111111111111111';

describe('a log', () => {
  it('that is as it was sealed is verified, in whole and in part', async () => {
    const whole = { size: SIZE, compared: SIZE, notYetSealed: 0 };
    expect(await verify(join(folder, 'log'))).toStrictEqual({ ...whole, difference: undefined });
    expect(await verify(join(folder, 'log'), { since: older })).toMatchObject(whole);
    expect(await verify(join(folder, 'log'), { from: 40, to: 270 })).toMatchObject({ compared: 230 });
  });

  const forgeries: Readonly<Record<string, (row: Row) => Partial<Row>>> = {
    data: () => ({ data: '{"at":7,"text":"e"}' }),
    metadata: () => ({ metadata: '{"by":"bob"}' }),
    type: () => ({ type: 'Happenned' }),
    id: () => ({ hex: forged }),
    'data that is no JSON': () => ({ metadata: '{"by":' }),
  };

  it.each(Object.entries(forgeries))(
    'with altered %s of an event is reported at that event',
    async (_, forge) => {
      for (const options of [{}, { from: 100, to: 200 }, { since: older }]) {
        const { difference } = await verifyAltered((database) => rewrite(database, 123, forge), options);
        expect(difference?.kind).toMatch(/altered|unreadable/);
        expect(difference).toMatchObject({ index: 123, event: { id: events[123]?.id } });
      }
    },
  );

  it('that lacks an event is reported at that event', async () => {
    const { difference } = await verifyAltered((database) => {
      database.exec('DELETE FROM event WHERE position = 123');
      shift(database, 124, -1);
    });
    expect(difference).toMatchObject({ kind: 'missing', index: 123, event: { id: events[123]?.id } });
  });

  it('with a gap is reported at the event that was there', async () => {
    const { difference } = await verifyAltered((database) =>
      database.exec('DELETE FROM event WHERE position = 123'),
    );
    expect(difference).toMatchObject({ index: 123, event: { id: events[123]?.id } });
    expect(difference?.kind).toMatch(/missing|unreadable/);
  });

  it('that lacks its last events is reported at the first of them', async () => {
    const { difference } = await verifyAltered((database) =>
      database.exec('DELETE FROM event WHERE position >= 290'),
    );
    expect(difference).toMatchObject({ kind: 'missing', index: 290, event: { id: events[290]?.id } });
  });

  it('with an added event is reported at that event', async () => {
    const { difference } = await verifyAltered((database) => {
      shift(database, 123, 1);
      const row = { stream: 'thing-1', position: 123, revision: 999, hex: forged, type: 'Forged' };
      const written = { ...row, data: '{}', metadata: '{}' };
      database
        .prepare('INSERT INTO event SELECT 123, key, 999, unhex(?), ?, ?, ?, ? FROM stream WHERE name = ?')
        .run(forged, 'Forged', '{}', '{}', checksum(written), row.stream);
    });
    expect(difference).toMatchObject({
      kind: 'added',
      index: 123,
      event: { stream: 'thing-1', revision: 999 },
    });
  });

  it('in another order is reported at the first event that is out of place', async () => {
    const { difference } = await verifyAltered((database) => {
      rewrite(database, 123, () => ({ position: -5 }));
      rewrite(database, 124, () => ({ position: 123 }));
      rewrite(database, -5, () => ({ position: 124 }));
    });
    expect(difference).toMatchObject({ kind: 'reordered', index: 123, event: { id: events[123]?.id } });
  });

  it('is reported at the event whichever of its bits is flipped, with or without its checksum', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(SIZE - 1),
        fc.constantFrom('data' as const, 'metadata' as const, 'type' as const),
        fc.nat(),
        fc.nat(6),
        fc.boolean(),
        async (position, column, at, bit, withChecksum) => {
          const flip = (text: string) => {
            const bytes = Buffer.from(text);
            const byte = at % bytes.length;
            bytes[byte] = (bytes[byte] as number) ^ (1 << bit);
            return bytes.toString();
          };
          const { difference } = await verifyAltered((database) => {
            if (withChecksum) rewrite(database, position, (row) => ({ [column]: flip(row[column]) }));
            else {
              const [text] = Object.values(
                database.prepare(`SELECT ${column} FROM event WHERE position = ?`).get(position) ?? {},
              );
              database
                .prepare(`UPDATE event SET ${column} = ? WHERE position = ?`)
                .run(flip(String(text)), position);
            }
          });
          expect(difference).toMatchObject({ index: position, event: { id: events[position]?.id } });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('whose file has any bit flipped is reported, unless every event of it reads the same', async () => {
    const file = readFileSync(join(folder, 'log', 'events.db'));
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (at, bit) => {
        await withCopy(async (directory) => {
          const bytes = Buffer.from(file);
          bytes[at] = (bytes[at] as number) ^ (1 << bit);
          writeFileSync(join(directory, 'events.db'), bytes);
          try {
            const { difference } = await verify(directory);
            if (difference !== undefined) return;
            const reader = await SqliteEventReader.open({ directory });
            expect((await reader.readAll()).map(read)).toEqual(events.map(read));
            await reader.close();
          } catch (error) {
            expect(error).toBeInstanceOf(EventStoreUnusable);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('that does not begin with the log of an earlier checkpoint is reported as such', async () => {
    const other = signCheckpoint(
      { origin: 'verified.example', size: 100, root: Buffer.alloc(32) },
      keys.signers,
    );
    const { difference } = await verify(join(folder, 'log'), { since: other });
    expect(difference).toMatchObject({ kind: 'since', index: 100 });
    const beyond = signCheckpoint(
      { origin: 'verified.example', size: 999, root: Buffer.alloc(32) },
      keys.signers,
    );
    expect((await verify(join(folder, 'log'), { since: beyond })).difference?.kind).toBe('since');
  });

  it('is distinguished from a damaged copy of its seal', async () => {
    const tile = { level: 0, index: 0 };
    const stored = await views.get(sealTiles, tileId(tile));
    const write = (hashes: readonly Buffer[]) =>
      views.commit({
        follower: 'thief',
        from: -1 as never,
        to: -1 as never,
        writes: [{ collection: sealTiles, id: tileId(tile), document: tileDocument(tile, hashes) }],
      });
    const hashes = stored ? hashesIn(stored) : [];
    try {
      await write(hashes.map((hash, at) => (at === 50 ? Buffer.alloc(32, 1) : hash)));
      expect((await verify(join(folder, 'log'))).difference).toMatchObject({ kind: 'seal', index: 50 });
      const both = await verifyAltered((database) => rewrite(database, 50, () => ({ data: '{}' })));
      expect(both.difference).toMatchObject({ kind: 'unnamed', index: 50 });
    } finally {
      await write(hashes);
    }
  });

  it('is verified as a whole where nothing but the checkpoint is kept, as after a restore', async () => {
    const notes = (await views.find(signedCheckpoints, { index: 'by-size', prefix: [] })).items;
    const empty = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
    const options = { views: empty, copy: notes.at(-1)?.note ?? '', since: older };
    try {
      const whole = { size: SIZE, compared: SIZE, notYetSealed: 0, difference: undefined };
      expect(await verify(join(folder, 'log'), options)).toStrictEqual(whole);
      const altered = (position: number) =>
        verifyAltered((database) => rewrite(database, position, forgeries.metadata!), options);
      expect((await altered(250)).difference).toMatchObject({
        kind: 'unnamed',
        index: SIZE,
        detail: expect.stringContaining('Which event differs cannot be determined'),
      });
      expect((await altered(50)).difference).toMatchObject({ kind: 'since', index: 100 });
      const part = verify(join(folder, 'log'), { ...options, since: undefined, from: 0, to: 10 });
      await expect(part).rejects.toThrow(NothingToVerify);
    } finally {
      await empty.close();
    }
  });

  it('is not verified with untrusted keys', async () => {
    const strangers = parseSealingKeys(newSignerKey('verified.example')).signers.map(
      ({ verifier }) => verifier,
    );
    await expect(verify(join(folder, 'log'), { keys: strangers })).rejects.toThrow(NothingToVerify);
    await expect(verify(join(folder, 'log'), { since: 'no checkpoint' })).rejects.toThrow(NothingToVerify);
  });
});

function read({ stream, revision, id, type, data, metadata }: RecordedEvent) {
  return { stream, revision, id, type, data, metadata };
}
