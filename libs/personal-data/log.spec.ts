import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#application/core';
import { deserialise, isSealed, personalFields } from '#contracts';
import { type EventStore, type JsonObject, type NewEvent, START } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { SettledViews } from '#subscriptions';
import {
  ERASED,
  InvalidSealedValue,
  KEY_MISSING,
  KeyEncryption,
  newKeyEncryptionKey,
  PersonalKeys,
  RevealedViews,
  SealingLog,
} from './index.ts';
import { SqliteKeyStore } from './sqlite/index.ts';

const CONTACT = 'Ann Janssens, 0470 12 34 56';
const USER = 'ann.janssens';

let directory: string;
let stored: SqliteEventStore;
let keyStore: SqliteKeyStore;
let keys: PersonalKeys;
let log: EventStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tessera-sealed-'));
  stored = await SqliteEventStore.open({ directory });
  keyStore = new SqliteKeyStore(':memory:');
  const encryption = KeyEncryption.parse(newKeyEncryptionKey());
  keys = new PersonalKeys({ store: keyStore, encryption });
  log = new SealingLog(stored, keys);
});
afterEach(async () => {
  await Promise.all([stored.close(), keyStore.close()]);
  await rm(directory, { recursive: true });
});

function event(
  type: string,
  data: JsonObject,
  actor: JsonObject = { account: 'frost', user: USER, role: 'manager' },
): NewEvent {
  return { id: newId(), type, data, metadata: { at: '2026-01-01T00:00:00.000Z', actor } };
}
const added = (contact: string | undefined = CONTACT) =>
  event('CustomerAdded', {
    customerId: 'c',
    account: 'frost',
    details: { name: 'Dairies', ...(contact && { contact }) },
  });

const first = async (from: Pick<EventStore, 'readStream'>) => (await from.readStream('customer-c'))[0]!;

describe('a log that seals', () => {
  it('declares what is personal', () => {
    expect([...personalFields]).toEqual([
      ['CustomerAdded', [['details', 'contact']]],
      ['CustomerChanged', [['changes', 'contact']]],
      ['ActivityAdded', [['activity', 'performedBy']]],
      ['ActivityChanged', [['changes', 'performedBy']]],
    ]);
  });

  it('gives back what was appended, by each way of reading it', async () => {
    const appended = added();
    await log.append('customer-c', [appended], 'none');
    expect(await first(log)).toMatchObject({ ...appended });
    expect(await log.readAll()).toMatchObject([appended]);
    const ended = new AbortController();
    for await (const { events } of log.subscribe({ after: START, batchSize: 10, signal: ended.signal })) {
      expect(events).toMatchObject([appended]);
      ended.abort();
    }
  });

  it('stores it sealed, and nothing of it anywhere else', async () => {
    await log.append('customer-c', [added()], 'none');
    const { data, metadata } = await first(stored);
    expect(data).toMatchObject({ details: { name: 'Dairies', contact: { '@sealed': expect.any(String) } } });
    expect(metadata).toMatchObject({ actor: { account: 'frost', user: { '@sealed': expect.any(String) } } });
    const files = await Promise.all(
      (await readdir(directory)).map((file) => readFile(join(directory, file))),
    );
    expect(files.some((bytes) => bytes.includes('Dairies'))).toBe(true);
    for (const bytes of files) expect(bytes.toString('latin1')).not.toMatch(/janssens|0470/i);
  });

  it('stores the same event when it is appended again', async () => {
    const appended = added();
    await log.append('customer-c', [appended], 'none');
    const before = await first(stored);
    expect(await log.append('customer-c', [appended], 'none')).toMatchObject({ duplicate: true });
    const elsewhere = await mkdtemp(join(tmpdir(), 'tessera-sealed-'));
    const other = await SqliteEventStore.open({ directory: elsewhere });
    await new SealingLog(other, keys).append('customer-c', [appended], 'none');
    expect(await first(other)).toEqual(before);
    await other.close();
    await rm(elsewhere, { recursive: true });
  });

  it('leaves alone what names nobody: events of processes, and fields that are cleared or absent', async () => {
    const ofProcess = event('ShareProcessed', {}, { account: 'frost', user: 'process:x', role: 'system' });
    const cleared = {
      ...added(),
      type: 'CustomerChanged',
      data: { account: 'frost', changes: { contact: null } },
    };
    await log.append('customer-c', [ofProcess, cleared, added('')], 'none');
    const [one, other, third] = await stored.readStream('customer-c');
    expect(one).toMatchObject({ metadata: ofProcess.metadata });
    expect(other?.data).toEqual(cleared.data);
    expect(third?.data).toEqual({ customerId: 'c', account: 'frost', details: { name: 'Dairies' } });
    expect(await keys.find('frost', 'process:x')).toBeUndefined();
  });

  it('reads events that were stored in plain as they are', async () => {
    const plain = added();
    await stored.append('customer-c', [plain], 'none');
    expect(await first(log)).toMatchObject({ ...plain });
  });

  it('gives decisions what they ask for, without who acted', async () => {
    await log.append('customer-c', [added()], 'none');
    const { data, metadata } = await first(new SealingLog(stored, keys, 'data'));
    expect(data).toMatchObject({ details: { contact: CONTACT } });
    expect((metadata.actor as JsonObject).user).toMatchObject({ '@sealed': expect.any(String) });
  });

  it('shows what was erased as erased, and the rest as before', async () => {
    await log.append('customer-c', [added()], 'none');
    await keys.destroy((await keys.find('frost', CONTACT)) as string);
    expect(await first(log)).toMatchObject({
      data: { details: { name: 'Dairies', contact: ERASED } },
      metadata: { actor: { user: USER } },
    });
  });

  it('says where a key is missing that nobody destroyed', async () => {
    await log.append('customer-c', [added()], 'none');
    const others = new SqliteKeyStore(':memory:');
    const encryption = KeyEncryption.parse(newKeyEncryptionKey());
    const without = new SealingLog(stored, new PersonalKeys({ store: others, encryption }));
    expect(await first(without)).toMatchObject({ data: { details: { contact: KEY_MISSING } } });
    await others.close();
  });

  it('refuses a value in another place than the one it was sealed for', async () => {
    await log.append('customer-c', [added()], 'none');
    const { data, metadata } = await first(stored);
    await stored.append('customer-d', [{ ...added(), data, metadata: { ...metadata, actor: {} } }], 'none');
    await expect(log.readStream('customer-d')).rejects.toThrow(InvalidSealedValue);
  });
});

describe('what followers keep of it', () => {
  const viewsWith = (document: { readonly id: string }) =>
    new RevealedViews(
      { get: async () => document, find: async () => ({ items: [document] }) } as unknown as SettledViews,
      keys,
    );

  it('is sealed, says where it was recorded, and is opened from there wherever it is kept', async () => {
    await log.append('customer-c', [added()], 'none');
    const event = deserialise(await first(stored));
    const { details } = event.data as unknown as { readonly details: { readonly contact: unknown } };
    expect(isSealed(details.contact)).toBe(true);
    const document = { id: 'c', kept: [{ deep: details }], by: event.metadata.actor };
    expect(JSON.stringify(document)).not.toContain('Janssens');
    const views = viewsWith(JSON.parse(JSON.stringify(document)));
    const shown = { id: 'c', kept: [{ deep: { name: 'Dairies', contact: CONTACT } }], by: { user: USER } };
    expect(await views.get({} as never, 'c')).toMatchObject(shown);
    expect((await views.find({} as never, {} as never)).items).toMatchObject([shown]);
    await keys.destroy((await keys.find('frost', USER)) as string);
    expect(await views.get({} as never, 'c')).toMatchObject({ ...shown, by: { user: ERASED } });
  });

  it('is not copied where nothing is sealed', async () => {
    const document = { id: 'c', list: [{ a: 1 }] };
    expect(await viewsWith(document).get({} as never, 'c')).toBe(document);
  });
});
