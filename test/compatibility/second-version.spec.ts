// The whole way of an event that has a second version, with one that the product does not need: as if requests
// had once been stored with their suggested level under another name.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventRegistry, type Recorded } from '#contracts';
import { fold } from '#domain/kernel';
import { type ShareRequested, share } from '#domain/share';
import type { RecordedEvent, Revision } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { shares, sharesProjection } from '#projections/shares';
import { ProjectionEngine, ProjectionViews } from '#subscriptions';
import { SqliteViewStore } from '#view-store/sqlite';
import { expected } from './expected.ts';
import { samplesContract } from './samples.contract.ts';
import { Samples } from './samples.ts';

const samples = new Samples(new URL('second-version/', import.meta.url));
const registry = new EventRegistry<ShareRequested>();
registry.register('ShareRequested', 2);
registry.upcaster('ShareRequested', 1, ({ level, ...data }) => ({ ...data, suggestedLevel: level ?? null }));

const [today] = expected.ShareRequested;
if (today === undefined) throw new Error('There is no request.');

samplesContract(registry, samples, { ShareRequested: [today, today] });

describe('a second version of an event', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const former = { ...samples.stored('ShareRequested', 1), stream: 'share-former' };
  const current = { ...samples.stored('ShareRequested', 2), stream: 'share-current' };
  const of = (shareId: string) => ({ ...today, shareId });
  let directory: string;
  let store: SqliteEventStore;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tessera-versions-'));
    store = await SqliteEventStore.open({ directory });
    const { type, data, id, metadata } = former;
    const before = { type, id, metadata, data: { ...data, shareId: 'former' } };
    await store.append('share-former', [before], -1 as Revision);
    const { schemaVersion, ...now } = registry.serialise({ type: 'ShareRequested', data: of('current') });
    const event = {
      ...now,
      id: current.id.replace('001b', '001c'),
      metadata: { ...metadata, schemaVersion },
    };
    await store.append('share-current', [event], -1 as Revision);
  });

  afterAll(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  const read = async (shareId: string): Promise<RecordedEvent> => {
    const [event] = await store.readStream(`share-${shareId}`, { from: 0 as Revision, limit: 1 });
    if (event === undefined) throw new Error('It is not stored.');
    return event;
  };

  it('is stored under a name of its own, beside the first', async () => {
    expect((await read('former')).type).toBe('ShareRequested');
    expect((await read('current')).type).toBe('ShareRequested.v2');
  });

  it.each(['former', 'current'])('%s, is replayed in today’s shape', async (shareId) => {
    const event = registry.deserialise(await read(shareId)) as unknown as Recorded<ShareRequested>;
    expect(fold(share, share.initial, [event])).toMatchObject({
      summary: { status: 'requested', shareId, suggestedLevel: today.suggestedLevel },
    });
  });

  it('leads to the same documents as the first', async () => {
    const viewStore = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
    const views = new ProjectionViews(viewStore, [sharesProjection]);
    const engine = new ProjectionEngine({
      reader: store,
      views: viewStore,
      projections: [sharesProjection],
      deserialise: (event) => registry.deserialise(event) as unknown as Recorded,
      clock: { now: () => former.metadata.at as string },
      log,
    });
    engine.start();
    try {
      expect(await views.waitFor(sharesProjection.name, await store.head(), 20_000)).toBe(true);
      const summaries = await views.getMany(shares, ['former', 'current']);
      expect(summaries.map((document) => document?.summary)).toEqual(
        ['former', 'current'].map((shareId) =>
          expect.objectContaining({
            shareId,
            suggestedLevel: today.suggestedLevel,
          }),
        ),
      );
      const [first, second] = summaries.map((document) => ({ ...document?.summary, shareId: undefined }));
      expect(second).toEqual(first);
    } finally {
      await engine.stop();
      await views.close();
    }
  });
});
