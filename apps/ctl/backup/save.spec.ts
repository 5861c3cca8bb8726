import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { systemClock } from '#application/core';
import { SqliteEventStore } from '#event-store/sqlite';
import { newSignerKey, parseSignerKey } from '#evidence';
import { parseSealingKeys, Sealer, signedCheckpoints } from '#seal';
import { SqliteViewStore } from '#view-store/sqlite';
import { silent } from '../../worker/testing/host.ts';
import { CannotBeDone } from '../command-line.ts';
import { noKeys, savedFrom } from '../testing/backups.ts';
import { contents, happened, newLog } from '../testing/logs.ts';
import { Backup } from './backup.ts';
import { BackupUnusable } from './manifest.ts';
import { restoreBackup } from './restore.ts';

const key = newSignerKey('saved.example');
const nothing = () => undefined;

let directory: string;
let log: SqliteEventStore;
let views: SqliteViewStore;

beforeAll(async () => {
  directory = await newLog(60);
  log = await SqliteEventStore.open({ directory });
  views = new SqliteViewStore({ path: ':memory:', discarded: nothing });
  await seal();
});
afterAll(async () => {
  await Promise.all([log.close(), views.close()]);
  await rm(directory, { recursive: true });
});

/** As a worker does that starts, and stops. */
async function seal(): Promise<void> {
  const keys = parseSealingKeys(key);
  const sealer = new Sealer({
    reader: log,
    views,
    keys,
    intervalMs: 60_000,
    clock: systemClock,
    log: silent,
  });
  await sealer.start();
  await sealer.stop();
}

const saved = (name: string, report?: () => void) => savedFrom({ log, views }, directory, { name, report });

async function eventsIn(backup: Backup) {
  const events: Awaited<ReturnType<typeof contents>> = [];
  for await (const { position: _, ...event } of backup.events()) events.push(event);
  return events;
}

describe('a backup', () => {
  it('has the log as of its start, and the last signed checkpoint', async () => {
    const before = await contents(log);
    let appended: Promise<unknown> | undefined;
    const backup = await saved('growing', () => {
      appended ??= log.append('thing-new', [happened({ later: true })], 'any');
    });
    await appended;
    expect(await eventsIn(backup)).toEqual(before);
    const { manifest, checkpoint } = backup;
    expect(manifest.log).toMatchObject({ events: before.length, head: before.length - 1 });
    expect(checkpoint?.size).toBe(before.length);
    expect(checkpoint?.root.toString('base64')).toBe(manifest.log.root);
  });

  it('keeps all signed checkpoints and all keys, wherever it is restored to', async () => {
    await log.append('thing-0', [happened({ sealed: true })], 'any');
    await seal();
    const keys = noKeys();
    await keys.claim({ id: 'one', subject: 'a', wrapped: 'w' });
    await keys.claim({ id: 'two', subject: 'b', wrapped: 'w' });
    await keys.destroy('two');
    const backup = await savedFrom({ log, views, keys }, directory, { name: 'signed' });
    const copies = noKeys();
    const own = await mkdtemp(join(tmpdir(), 'tessera-saved-'));
    const target = await SqliteEventStore.open({ directory: own });
    const restored = new SqliteViewStore({ path: ':memory:', discarded: nothing });
    await restoreBackup({ backup, log: target, views: restored, keys: copies, report: nothing });
    const query = { index: 'by-size', prefix: [] };
    const { items } = await views.find(signedCheckpoints, query);
    expect(items).toHaveLength(2);
    expect((await restored.find(signedCheckpoints, query)).items).toEqual(items);
    expect(await copies.page('', 10)).toEqual(await keys.page('', 10));
    expect(await copies.page('', 10)).toHaveLength(2);
    await Promise.all([target.close(), restored.close()]);
    await rm(own, { recursive: true });
  });

  it('has a temporary name until it is complete, and replaces no other backup', async () => {
    await saved('named');
    await expect(saved('named')).rejects.toThrow('give each backup a name of its own');
    let meanwhile: Promise<unknown> | undefined;
    const failing = () => {
      meanwhile = Backup.open(join(directory, 'cut.unfinished')).catch((refused: unknown) => refused);
      throw new Error('cut short');
    };
    await expect(saved('cut', failing)).rejects.toThrow('cut short');
    expect(await meanwhile).toBeInstanceOf(BackupUnusable);
    expect((await readdir(directory)).filter((name) => name.startsWith('cut'))).toEqual([]);
    // As after a process was killed.
    await mkdir(join(directory, 'cut.unfinished'));
    await expect(saved('cut')).rejects.toThrow('one was cut short. Remove it if none is.');
  });

  it('is refused for a log that is not the one that was sealed', async () => {
    const altered = await newLog(3);
    const other = await SqliteEventStore.open({ directory: altered });
    await expect(savedFrom({ log: other, views }, altered)).rejects.toThrow(CannotBeDone);
    await other.close();
    await rm(altered, { recursive: true });
  });

  it('is refused for a damaged log', async () => {
    const damaged = await newLog(60);
    const other = await SqliteEventStore.open({ directory: damaged });
    const file = new DatabaseSync(join(damaged, 'events.db'));
    file.exec(`UPDATE event SET data = '{"n":-1}' WHERE position = 30`);
    file.close();
    await expect(savedFrom({ log: other }, damaged)).rejects.toThrow(
      'The event store is damaged: the event at position 30 is not what was written.',
    );
    await other.close();
    await rm(damaged, { recursive: true });
  });
});

describe('a backup is refused', () => {
  let whole: string;
  let files: string[];
  const check = async (at: string) => (await Backup.open(at)).check(undefined, nothing);

  /** A copy of the whole one, of which something is done to a file. */
  async function afterwards(file: string, what: (path: string) => Promise<unknown>): Promise<unknown> {
    const copy = await mkdtemp(join(tmpdir(), 'tessera-altered-'));
    await cp(whole, copy, { recursive: true });
    await what(join(copy, file));
    const error = await check(copy).catch((thrown: unknown) => thrown);
    await rm(copy, { recursive: true });
    return error;
  }

  beforeAll(async () => {
    whole = (await saved('whole')).directory;
    files = await readdir(whole);
    await check(whole);
  });

  it('when any byte of any file differs', async () => {
    const somewhere = fc.record({
      file: fc.constantFrom(...files),
      at: fc.nat(),
      flipped: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(somewhere, async ({ file, at, flipped }) => {
        const error = await afterwards(file, async (path) => {
          const bytes = await readFile(path);
          const place = at % bytes.length;
          bytes[place] = (bytes[place] as number) ^ flipped;
          await writeFile(path, bytes);
        });
        expect(error).toBeInstanceOf(BackupUnusable);
      }),
      { numRuns: 60 },
    );
  });

  it('when one of its files is longer, shorter, or missing', async () => {
    for (const file of files) {
      expect(await afterwards(file, (path) => appendFile(path, 'x'))).toBeInstanceOf(BackupUnusable);
      const shorter = async (path: string) => truncate(path, (await readFile(path)).length - 1);
      expect(await afterwards(file, shorter)).toBeInstanceOf(BackupUnusable);
      expect(await afterwards(file, (path) => rm(path))).toBeInstanceOf(BackupUnusable);
    }
  });

  it('when no trusted key has signed its checkpoint', async () => {
    const backup = await Backup.open(whole);
    await backup.check([parseSignerKey(key).verifier], nothing);
    const stranger = parseSignerKey(newSignerKey('saved.example')).verifier;
    await expect(backup.check([stranger], nothing)).rejects.toThrow('not signed with a key that is known');
  });
});
