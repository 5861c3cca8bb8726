import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { account } from '#domain/account';
import type { EventStore, NewEvent, Position, Revision } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { Aggregates } from './aggregates.ts';
import { derivedId, newId } from './ids.ts';

const company = {
  name: 'Nordic Cooling AB',
  vatNumber: 'SE1',
  street: 'Quay 1',
  postalCode: '1',
  city: 'Oslo',
  country: 'NO',
};

function changed(accountId: string, name: string): NewEvent {
  const commandId = newId();
  const metadata = {
    at: '2026-01-01T00:00:00.000Z',
    actor: { account: accountId, user: 'ann', role: 'administrator' },
    commandId,
    commandHash: name,
    $correlationId: commandId,
    $causationId: commandId,
    schemaVersion: 1,
  };
  return {
    id: derivedId(commandId, 0),
    type: 'AccountDetailsChanged',
    data: { accountId, name, company },
    metadata,
  };
}

describe('replayed streams', () => {
  let directory: string;
  let store: EventStore;
  let accountId: string;
  const stream = () => `account-${accountId}`;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-aggregates-'));
    store = await SqliteEventStore.open({ directory });
    accountId = newId();
    const registered = changed(accountId, 'First');
    await store.append(
      stream(),
      [
        {
          ...registered,
          type: 'AccountRegistered',
          data: { accountId, kind: 'service', name: 'First', company },
        },
      ],
      'none',
    );
  });

  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  it('are the same however they are reached: whole, in pages, or further from what is kept', async () => {
    const aggregates = new Aggregates(store);
    await aggregates.refresh(account, accountId);
    await store.append(
      stream(),
      Array.from({ length: 2_500 }, (_, index) => changed(accountId, `Name ${index}`)),
      'any',
    );
    const further = await aggregates.refresh(account, accountId);
    const anew = await new Aggregates(store).load(account, accountId);
    expect(further).toEqual({ ...anew, writtenElsewhere: true });
    expect(anew).toMatchObject({ revision: 2_500, state: { name: 'Name 2499' } });
    expect(anew.fingerprints).toHaveLength(2_501);
  });

  it('are folded without their metadata, which is as large as the data', async () => {
    const events = await store.readStream(stream());
    const withoutMetadata = events.map(({ id, stream, revision, position, type, data }) => ({
      ...{ id, stream, revision, position, type, data },
      get metadata(): never {
        throw new Error('The metadata was read.');
      },
    }));
    const aggregates = new Aggregates({ readStream: async () => withoutMetadata });
    expect(await aggregates.load(account, accountId)).toMatchObject({ state: { name: 'First' } });
  });

  it('are read once while they are kept, and again when they had to make room', async () => {
    const read = jest.spyOn(store, 'readStream');
    const roomy = new Aggregates(store);
    await roomy.refresh(account, accountId);
    await roomy.load(account, accountId);
    expect(read).toHaveBeenCalledTimes(1);

    const tight = new Aggregates(store, { capacity: 1 });
    await tight.refresh(account, accountId);
    await tight.load(account, accountId);
    expect(read).toHaveBeenCalledTimes(3);
  });

  it('are forgotten with what is being read, before anything kept is used', async () => {
    let isOver = false;
    const aggregates: Aggregates = new Aggregates(store, {
      dropErased: () => (isOver ? undefined : Promise.resolve(aggregates.clear())),
    });
    const read = jest.spyOn(store, 'readStream');
    for (const use of ['refresh', 'load', 'known'] as const) {
      isOver = true;
      await aggregates.refresh(account, accountId);
      isOver = false;
      read.mockClear();
      await aggregates[use](account, accountId);
      expect([use, read.mock.calls[0]?.[1]?.from]).toEqual([use, 0]);
    }
    isOver = true;
    const reading = aggregates.refresh(account, accountId);
    await Promise.resolve();
    aggregates.clear();
    const loaded = await reading;
    expect(aggregates.cached(account, accountId).end).toBe('none');
    aggregates.appended(account, stream(), loaded, [], {
      revision: loaded.end as Revision,
      position: 9 as Position,
    });
    expect(aggregates.cached(account, accountId).end).toBe('none');
  });

  it('return the facts of a decision as the log has them now', async () => {
    const aggregates = new Aggregates(store);
    await aggregates.refresh(account, accountId);
    await store.append(stream(), [changed(accountId, 'Second')], 'any');
    expect((await aggregates.load(account, accountId)).state).toMatchObject({ name: 'First' });
    expect(await aggregates.state(account, accountId)).toMatchObject({ name: 'Second' });
  });

  it('are read once of what never changes, and again as long as there is nothing', async () => {
    const aggregates = new Aggregates(store);
    const read = jest.spyOn(store, 'readStream');
    for (let asked = 0; asked < 3; asked++) await aggregates.known(account, accountId);
    expect(read).toHaveBeenCalledTimes(1);
    const later = newId();
    expect(await aggregates.known(account, later)).toEqual(account.initial);
    const company = { name: 'Later AB', vatNumber: 'SE2', street: 'Quay 2', postalCode: '1', city: 'Oslo' };
    const data = { accountId: later, kind: 'service', name: 'Later', company: { ...company, country: 'NO' } };
    const registered = { ...changed(later, 'Later'), type: 'AccountRegistered', data };
    await store.append(`account-${later}`, [registered], 'none');
    expect(await aggregates.known(account, later)).toMatchObject({ name: 'Later' });
  });

  it('are read for all who ask meanwhile by one read, which begins after they asked', async () => {
    const aggregates = new Aggregates(store);
    const read = jest.spyOn(store, 'readStream');
    const first = aggregates.refresh(account, accountId);
    await store.append(stream(), [changed(accountId, 'Second')], 'any');
    const reads = Array.from({ length: 20 }, () => aggregates.refresh(account, accountId));
    for (const { state } of await Promise.all(reads)) expect(state).toMatchObject({ name: 'Second' });
    await first;
    expect(read.mock.calls.length).toBeLessThanOrEqual(3);

    read.mockRejectedValueOnce(new Error('Not now.'));
    const [failed, next] = await Promise.allSettled([
      aggregates.refresh(account, accountId),
      aggregates.refresh(account, accountId),
    ]);
    expect([failed.status, next.status]).toStrictEqual(['rejected', 'fulfilled']);
    await store.append(stream(), [changed(accountId, 'Third')], 'any');
    expect(await aggregates.state(account, accountId)).toMatchObject({ name: 'Third' });
  });

  it('are empty for a stream nobody wrote', async () => {
    const replayed = await new Aggregates(store).load(account, newId());
    expect(replayed).toEqual({
      state: account.initial,
      revision: 'none',
      position: undefined,
      end: 'none',
      fingerprints: [],
      generation: 0,
      writtenElsewhere: false,
    });
  });

  it('are read anew for each command while another process writes to them, and kept again when it has stopped', async () => {
    const aggregates = new Aggregates(store);
    await aggregates.refresh(account, accountId);
    await store.append(stream(), [changed(accountId, 'Second')], 'any');
    await aggregates.refresh(account, accountId);
    const read = jest.spyOn(store, 'readStream');

    await store.append(stream(), [changed(accountId, 'Third')], 'any');
    expect((await aggregates.load(account, accountId)).state).toMatchObject({ name: 'Third' });
    expect(read).toHaveBeenCalledTimes(1);
    await aggregates.load(account, accountId);
    expect(read).toHaveBeenCalledTimes(2);
    await aggregates.load(account, accountId);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
