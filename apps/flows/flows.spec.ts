// Stalled flows are found, and flows that progress or are done are not, on both kinds of stores.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { serialise, type TesseraEvent } from '#contracts';
import type { Instant } from '#domain/kernel';
import { evolveSummary, type ShareEvent, type ShareSummary } from '#domain/share';
import {
  type JsonObject,
  type NewEvent,
  type Position,
  type RecordedEvent,
  type Revision,
  START,
} from '#event-store';
import { newSignerKey, parseSignerKey } from '#evidence';
import { createProcesses, grantIdOf, PROCESSES, processTimers, processWork } from '#processes';
import { projections } from '#projections';
import { accessProjection, accessTrees, knownIntervals } from '#projections/access';
import { connections, connectionsProjection } from '#projections/connections';
import { erasures, erasuresProjection } from '#projections/erasures';
import { imports, importsProjection } from '#projections/imports';
import {
  type PartyShare,
  packageItems,
  partyShares,
  shareSteps,
  shares,
  sharesProjection,
} from '#projections/shares';
import { storiesProjection, storyEvents } from '#projections/stories';
import { SEALED_LOG_ID, sealedLogs, sealedPlaces, sealKeys, signedCheckpoints } from '#seal';
import { followerOf, type Projection, parkedStreams, storedAs } from '#subscriptions';
import type { CollectionDefinition, Document, ViewStore, Write } from '#view-store';
import { MongoViewStore } from '#view-store/mongodb';
import { SqliteViewStore } from '#view-store/sqlite';
import { MemoryLog, STEP } from '../../libs/subscriptions/testing/memory-log.ts';
import { databaseAt, dropDatabase } from '../../test/servers/mongodb/database.ts';
import { MongoServer } from '../../test/servers/mongodb/index.ts';
import { readAsBuilt } from '../ctl/testing/views.ts';
import {
  COUNTED_KINDS,
  countFlows,
  type Flow,
  type FlowSources,
  findEndedConnections,
  findFlows,
  findGaps,
  findGrants,
  findStartingEvent,
  KIND_OF_PROCESS,
} from './index.ts';

const NOW = '2026-03-01T12:00:00.000Z' as Instant;
const [OLD, NEW] = ['2026-03-01T09:00:00.000Z', '2026-03-01T11:30:00.000Z'] as Instant[] as [
  Instant,
  Instant,
];
const HOUR = 3_600_000;
const SEARCH = { now: NOW, olderThan: HOUR, limit: 100 };

/** The summary of a share while its package is collected, or while or after a step is imported. */
function summaryOf(id: string, until: 'approved' | 'importing' | 'imported'): ShareSummary {
  const data = { shareId: id, connectionId: 'c', requester: 'r', provider: 'p', name: 'A share' };
  const terms = { accessType: 'on-loan', revocation: { kind: 'any-time' }, approvedAt: OLD };
  const step = { shareId: id, stepId: 'step', referenceStyle: 'original', installations: 2 };
  const events = [
    { type: 'ShareRequested', data: { ...data, suggestedLevel: 'installation', requestedAt: OLD } },
    { type: 'ShareApproved', data: { shareId: id, level: 'installation', selection: ['i'], terms } },
    { type: 'SharePackageCompleted', data: { shareId: id, items: 2, leftOut: 0, availableAt: OLD } },
    { type: 'ShareProcessingConfirmed', data: { ...step, customers: [], locations: [] } },
    { type: 'ShareStepImported', data: { shareId: id, stepId: 'step' } },
  ] as unknown as ShareEvent[];
  const count = { approved: 2, importing: 4, imported: 5 }[until];
  return events.slice(0, count).reduce<ShareSummary | undefined>(evolveSummary, undefined) as ShareSummary;
}

interface Stored {
  readonly store: ViewStore;
  close(): Promise<void>;
}

let server: MongoServer;
beforeAll(async () => {
  server = await MongoServer.start();
});
afterAll(() => server.close());

const kinds: readonly (readonly [string, () => Promise<Stored>])[] = [
  [
    'embedded',
    async () => {
      const store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
      return { store, close: () => store.close() };
    },
  ],
  [
    'shared',
    async () => {
      const url = databaseAt(server.url, `tessera-${randomUUID()}`);
      const store = new MongoViewStore({ url });
      const close = async () => {
        await store.close();
        await dropDatabase(url);
      };
      return { store, close };
    },
  ],
];

describe.each(kinds)('on %s stores', (_, open) => {
  let stored: Stored;
  let log: MemoryLog;

  beforeEach(async () => {
    stored = await open();
    log = new MemoryLog();
    await readAsBuilt(stored.store, projections, OLD);
  });
  afterEach(async () => {
    await Promise.all([stored.close(), log.close()]);
  });

  async function store(...writes: readonly Write[]): Promise<void> {
    await stored.store.commit({ follower: 'spec', from: START, to: START, writes });
  }

  function write<D extends Document>(collection: CollectionDefinition<D>, document: D): Write {
    return { collection, id: document.id, document } as unknown as Write;
  }

  function shown<D extends Document>(projection: Projection, of: CollectionDefinition<D>, document: D) {
    return write(storedAs(projection, of as unknown as CollectionDefinition<Document>), document);
  }

  /** The id of the event. */
  async function recorded(stream: string, { type, data }: Pick<NewEvent, 'type' | 'data'>, at: Instant) {
    const id = randomUUID();
    const metadata = { at, actor: { account: 'p', user: 'ann', role: 'administrator' } };
    await log.append(stream, [{ id, type, data, metadata }], 'any');
    return id;
  }

  const shareAt = (id: string, until: 'approved' | 'importing' | 'imported', lastChangedAt: Instant) =>
    shown(sharesProjection, shares, { id, revision: 1, summary: summaryOf(id, until), lastChangedAt });

  const work = (process: string, key: string, since: Instant, stuck?: string) =>
    write(processWork, {
      ...{ id: `${process}/${key}`, process, key, since, data: {} },
      cause: { eventId: key, position: 0 as never, correlationId: key },
      ...(stuck && { stuck: { reason: stuck, at: since } }),
    });

  const found = async () =>
    (await findFlows({ stored: stored.store, log }, SEARCH)).map(({ kind, state, process, key, reason }) => ({
      ...{ kind, state },
      ...(process && { process, key }),
      ...(reason && { reason }),
    }));

  it('finds shares without progress, with or without open work', async () => {
    const step = {
      shareId: 'c',
      stepId: 'step',
      referenceStyle: 'original',
      installations: 2,
      placed: 0,
    } as const;
    await store(
      shareAt('a', 'approved', OLD),
      shareAt('b', 'approved', OLD),
      shareAt('c', 'importing', OLD),
      shareAt('d', 'approved', OLD),
      // What has moved, and what is done.
      shareAt('e', 'approved', NEW),
      shareAt('f', 'imported', OLD),
      shown(sharesProjection, shareSteps, {
        ...{ id: 'c:step', revision: 1, ...step },
        ...{ status: 'importing', confirmedAt: OLD },
      }),
      work('prepare-package', 'b', OLD, 'RangeError: no'),
      work('prepare-package', 'e', OLD),
      write(parkedStreams, {
        ...{
          id: `${PROCESSES}/share-d`,
          follower: PROCESSES,
          stream: 'share-d',
          reason: 'Unheard of',
          attempts: 5,
        },
        ...{
          event: { id: 'x', type: 'X', revision: 0 as never, position: 0 as never },
          parkedAt: OLD,
          waiting: 0,
        },
      }),
    );
    expect(await found()).toEqual([
      { kind: 'preparing', state: 'lost', process: 'prepare-package', key: 'a' },
      { kind: 'preparing', state: 'stuck', process: 'prepare-package', key: 'b', reason: 'RangeError: no' },
      { kind: 'preparing', state: 'parked', process: 'prepare-package', key: 'd', reason: 'Unheard of' },
      { kind: 'importing', state: 'lost', process: 'import-step', key: 'c/step' },
    ]);
    log.record({ stream: 'x', type: 'X', data: {} });
    await stored.store.commit({
      follower: followerOf(sharesProjection),
      from: START,
      to: 0 as never,
      writes: [],
    });
    expect((await found())[0]).toMatchObject({ state: 'behind' });
  });

  it('finds old open work and overdue timers, but no recent work and no future timers', async () => {
    const timer = (key: string, at: Instant) =>
      write(processTimers, {
        ...{ id: `expire-shares/${key}`, process: 'expire-shares', key, at, since: OLD, data: {} },
        cause: { eventId: key, position: 0 as never, correlationId: key },
      });
    await store(
      work('withdraw-access', 'a/7', OLD),
      work('prepare-package', 'nowhere', OLD),
      work('gone-by', 'x', OLD),
      work('import-catalogue', 'b', NEW),
      timer('c', OLD),
      timer('d', '2026-03-01T13:00:00.000Z' as Instant),
    );
    expect(await found()).toEqual([
      { kind: 'unknown', state: 'open', process: 'gone-by', key: 'x' },
      { kind: 'preparing', state: 'open', process: 'prepare-package', key: 'nowhere' },
      { kind: 'withdrawing', state: 'open', process: 'withdraw-access', key: 'a/7' },
      { kind: 'ending', state: 'overdue', process: 'expire-shares', key: 'c' },
    ]);
    const counted = await countFlows({ stored: stored.store, log }, NOW);
    expect(counted).toMatchObject({ preparing: 1, withdrawing: 1, ending: 1, importing: 0 });
    expect(Object.keys(counted)).toEqual(COUNTED_KINDS);
    const few = await findFlows({ stored: stored.store, log }, { ...SEARCH, limit: 1 });
    expect(few).toHaveLength(2);
  });

  it('finds old events that no checkpoint covers', async () => {
    const event = (position: number, at: Instant): RecordedEvent => ({
      ...{ id: `e${position}`, stream: 's', type: 'X', data: {}, metadata: { at } as never },
      ...{ revision: (position / STEP) as never, position: position as never },
    });
    log = new MemoryLog([event(0, OLD), event(STEP, OLD), event(2 * STEP, NEW)]);
    const key = parseSignerKey(newSignerKey('log.example')).verifier.text;
    const signed = (size: number) =>
      write(signedCheckpoints, { id: `${size}`, origin: 'log.example', size, note: '', signedAt: OLD });
    await store(
      write(sealedLogs, { id: SEALED_LOG_ID, size: 2 }),
      ...[0, 1].map((index) => write(sealedPlaces, { id: `e${index}`, index, stream: 's', revision: index })),
      write(sealKeys, { id: key, since: OLD }),
      signed(1),
    );
    expect(await found()).toEqual([
      { kind: 'sealing', state: 'unsigned', reason: expect.stringContaining('1 of 2') },
    ]);
    await store(signed(2));
    expect(await found()).toEqual([]);
    // A recent one is not, however long ago the last checkpoint was signed.
    await store(
      write(sealedLogs, { id: SEALED_LOG_ID, size: 3 }),
      write(sealedPlaces, { id: 'e2', index: 2, stream: 's', revision: 2 }),
    );
    expect(await found()).toEqual([]);
  });

  it('finds grants that disagree with their shares', async () => {
    const ended = (shareId: string, installationId: string, kind: string, at = OLD) =>
      grant(shareId, installationId, OLD, undefined, {
        ...{ withdrawnAt: at, cause: { kind, account: 'p', shareId: 't', grantId: 'g' } },
      });
    const grant = (
      shareId: string,
      installationId: string,
      grantedAt = OLD,
      until?: Instant,
      withdrawal?: { readonly withdrawnAt: Instant },
    ) => [
      shown(accessProjection, accessTrees, {
        ...{ id: installationId, revision: 1, token: 't', registeredAt: OLD, ends: {}, customers: {} },
        tree: {
          root: 'p',
          grants: [
            {
              grantId: grantIdOf(shareId, installationId),
              shareId,
              giver: 'p',
              holder: 'r',
              grantedAt,
              until,
              withdrawal,
            },
          ],
        } as never,
      }),
      ...['p', 'r'].map((knower) =>
        shown(accessProjection, knownIntervals, {
          ...{ id: `${installationId}:${knower}`, knower, account: 'r', installationId, since: grantedAt },
          ...(withdrawal && { until: withdrawal.withdrawnAt }),
          grantId: grantIdOf(shareId, installationId),
        }),
      ),
    ];
    const item = (shareId: string, installationId: string, state: object) =>
      shown(sharesProjection, packageItems, {
        ...{ id: `${shareId}:${installationId}`, revision: 1, shareId },
        ...{ item: { installationId, properties: {} } as never, state: state as never },
      });
    const withdrawn = {
      kind: 'withdrawn',
      cause: { kind: 'revoked', account: 'p', shareId: 's' },
      withdrawnAt: OLD,
    };
    await store(
      ...grant('s', 'i1'),
      ...grant('s', 'i2'),
      ...grant('s', 'i3'),
      ...grant('s', 'i4'),
      ...grant('s', 'i5', NEW),
      ...['i8', 'i9', 'i10', 'i11'].flatMap((id) => [
        ...ended('s', id, id === 'i9' ? 'revoked' : 'cascade', id === 'i10' ? NEW : OLD),
        item('s', id, id === 'i11' ? withdrawn : { kind: 'placed', stepId: 'step', placedAt: OLD }),
      ]),
      ...grant('s', 'i6', OLD, OLD),
      ...grant('s', 'i7', OLD, NEW),
      item('s', 'i6', { kind: 'placed', stepId: 'step', placedAt: OLD }),
      item('s', 'i7', { kind: 'placed', stepId: 'step', placedAt: OLD }),
      item('s', 'i1', { kind: 'placed', stepId: 'step', placedAt: OLD }),
      item('s', 'i2', { kind: 'confirmed', stepId: 'step' }),
      item('s', 'i3', withdrawn),
    );
    const data = { shareId: 's', installations: ['i3'], from: { offered: 0, placing: 0, placed: [] } };
    const event = {
      type: 'ShareItemsWithdrawn',
      data: { ...data, cause: withdrawn.cause, withdrawnAt: OLD },
    };
    log.record({ stream: 'share-s', ...serialise(event as unknown as TesseraEvent) });
    const reported: number[] = [];
    const flows = await findGrants({ stored: stored.store, log }, SEARCH, (count) => reported.push(count));
    const summarised = ({ state, process, key, reason }: Flow) => [reason, state, process, key];
    expect(flows.map(summarised).toSorted()).toEqual([
      ['Installation i2.', 'grant-unrecorded', 'import-step', 's/step'],
      ['Installation i3.', 'not-ended', 'withdraw-access', 's/0'],
      ['Installation i4.', 'orphaned', undefined, undefined],
      ['Installation i6.', 'not-ended', 'expire-shares', 's'],
      ['It ended on installation-i8.', 'end-unrecorded', 'follow-withdrawal', grantIdOf('s', 'i8')],
    ]);
    expect(reported).toEqual([9]);
  });

  const record = (stream: string, type: TesseraEvent['type'], data: JsonObject, at = OLD) =>
    recorded(stream, serialise({ type, data } as unknown as TesseraEvent), at);

  function running(id: string, receivedAt?: Instant) {
    const rows = { rows: 1, created: 0, updated: 0, unchanged: 0, failed: 0 };
    return shown(importsProjection, imports, {
      ...{ id, revision: 1, account: 'p', status: 'running', startedAt: OLD, ...rows },
      ...(receivedAt && { receivedAt }),
    });
  }

  const connection = (id: string, status: string) =>
    shown(connectionsProjection, connections, {
      ...{ id, revision: 1, createdAt: OLD, since: OLD, connection: { connectionId: id, status } as never },
    });

  it('finds imports, connections and erasures whose work was lost, and none that is open or done', async () => {
    const erasure = (id: string, erasedAt?: Instant) =>
      shown(erasuresProjection, erasures, {
        ...{ id, revision: 1, account: 'p', requestedAt: OLD, ...(erasedAt && { erasedAt }) },
      });
    for (const id of ['lost', 'open']) {
      await record(`import-${id}`, 'CatalogueImportStarted', { importId: id });
      await record(`import-${id}`, 'CatalogueFileReceived', { importId: id, rows: 1 });
    }
    const used = (id: string, at = OLD) =>
      record(`connection-${id}`, 'ConnectionTokenUsed', { connectionId: id, account: 'r' }, at);
    const first = await used('a');
    await used('b', NEW);
    const erased = await record('erasure-e', 'DataSubjectErasureRequested', { erasureId: 'e', account: 'p' });
    await store(
      ...[running('lost', OLD), running('open', OLD), running('arriving')],
      work('import-catalogue', 'open', OLD),
      ...[connection('a', 'token-used'), connection('b', 'token-used'), connection('c', 'active')],
      ...[erasure('e'), erasure('f', NEW)],
    );
    await stored.store.commit({ follower: PROCESSES, from: START, to: await log.head(), writes: [] });
    expect((await found()).filter(({ state }) => state === 'lost')).toEqual([
      { kind: 'catalogue-import', state: 'lost', process: 'import-catalogue', key: 'lost' },
      { kind: 'connecting', state: 'lost', process: 'complete-connection', key: first },
      { kind: 'erasing', state: 'lost', process: 'complete-erasure', key: erased },
    ]);
    expect((await found()).filter(({ state }) => state !== 'lost')).toEqual([
      { kind: 'catalogue-import', state: 'open', process: 'import-catalogue', key: 'open' },
    ]);
  });

  it('finds lost work without reading streams from their start', async () => {
    const FIRST_PAGE = 10;
    for (let batch = 1; batch <= 300; batch += 1) {
      await record('import-i', 'CatalogueRowsReceived', { importId: 'i', batch, rows: [] });
      await record('connection-c', 'ConnectionTokenReissued', { connectionId: 'c' });
    }
    await record('import-i', 'CatalogueFileReceived', { importId: 'i', rows: 1 });
    for (let batch = 1; batch < 300; batch += 1) {
      await record('import-i', 'CatalogueBatchImported', { importId: 'i', batch });
    }
    await record('connection-c', 'ConnectionTokenUsed', { connectionId: 'c', account: 'r' });
    await store(running('i', OLD), connection('c', 'token-used'));
    let read = 0;
    const counted: FlowSources['log'] = {
      head: () => log.head(),
      readAll: (options) => log.readAll(options),
      readStream: async (stream, options) => {
        const events = await log.readStream(stream, options);
        read += events.length;
        return events;
      },
    };
    const flows = await findFlows({ stored: stored.store, log: counted }, SEARCH);
    expect(flows.map(({ process }) => process)).toEqual(['import-catalogue', 'complete-connection']);
    expect(read).toBe(FIRST_PAGE);
  });

  it('finds ended connections with an open request, or a share that was to be revoked', async () => {
    const ended = (id: string, revokeShares: boolean, since = OLD) =>
      shown(connectionsProjection, connections, {
        ...{ id, revision: 1, createdAt: OLD, since },
        connection: { connectionId: id, status: 'ended', endedBy: 'p', revokeShares } as never,
      });
    const along = (connectionId: string, of: Partial<PartyShare>) =>
      shown(sharesProjection, partyShares, {
        ...{ id: `${connectionId}-s:p`, shareId: `${connectionId}-s`, account: 'p', role: 'provider' },
        ...{ status: 'processed', connectionId, counterparty: 'r', name: 'A share' },
        ...{ requestedAt: OLD, lastChangedAt: OLD, ...of },
      });
    await store(
      ...['open', 'asked', 'revoking', 'past', 'kept', 'under-way', 'young'].map((id) =>
        ended(id, id !== 'kept', id === 'young' ? NEW : OLD),
      ),
      along('open', { status: 'to-evaluate' }),
      along('asked', { status: 'requested', role: 'requester' }),
      along('revoking', { revocableUntil: 'any-time' }),
      along('past', { revocableUntil: NEW }),
      along('kept', { revocableUntil: 'any-time' }),
      along('under-way', { status: 'to-evaluate' }),
      along('young', { status: 'to-evaluate' }),
      work('end-connection', 'under-way', OLD),
    );
    const reported: number[] = [];
    const flows = await findEndedConnections({ stored: stored.store }, SEARCH, (count) =>
      reported.push(count),
    );
    expect(flows.map(({ key, state, reason }) => [key, state, reason]).toSorted()).toEqual([
      ['asked', 'lost', 'The request of share asked-s is open.'],
      ['open', 'lost', 'The request of share open-s is open.'],
      ['revoking', 'lost', 'Share revoking-s is not revoked.'],
    ]);
    expect(reported).toEqual([6]);
  });

  it('finds periods in which events were not sealed, but none without events', async () => {
    const times = ['09:00', '09:01', '10:59', '13:00', '13:01'].map(
      (time) => `2026-03-01T${time}:00.000Z` as Instant,
    );
    const ids: string[] = [];
    for (const at of times) ids.push(await recorded('s', { type: 'X', data: {} }, at));
    const signed = (size: number, time: string, origin = 'log.example') =>
      write(signedCheckpoints, {
        ...{ id: `${origin} ${size}`, origin, size, note: '' },
        signedAt: `2026-03-01T${time}:00.000Z` as Instant,
      });
    await store(
      ...ids.map((id, index) => write(sealedPlaces, { id, index, stream: 's', revision: index })),
      // The second waited for its checkpoint until the third came; before the fourth nothing was recorded.
      ...[signed(1, '09:00'), signed(3, '11:00'), signed(4, '13:00'), signed(5, '13:01')],
      signed(1, '08:00', 'another'),
    );
    const gaps = await findGaps({ stored: stored.store, log }, SEARCH, () => undefined);
    expect(gaps).toEqual([
      {
        ...{ kind: 'sealing', state: 'gap', since: times[1] },
        reason: 'Events 2 to 3 were not sealed until 2026-03-01T11:00:00.000Z.',
      },
    ]);
  });
});

describe('however much work is open', () => {
  const MOST = 10_000;

  it.each([
    { before: MOST - 1, found: 1 },
    { before: MOST, found: 0 },
  ])(
    'work behind $before pieces of work of shares is found $found times',
    async ({ before, found: times }) => {
      const views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
      await readAsBuilt(views, projections, OLD);
      const work = (process: string, key: string, position: number) => ({
        ...{ collection: processWork, id: `${process}/${key}` },
        document: {
          ...{ id: `${process}/${key}`, process, key, since: OLD, data: {} },
          cause: { eventId: key, position, correlationId: key },
        },
      });
      const summary = summaryOf('s', 'imported');
      const writes = [
        ...Array.from({ length: before }, (_, place) => work('import-step', `s/${place}`, place)),
        work('withdraw-access', 's/1', before),
        {
          collection: storedAs(sharesProjection, shares as unknown as CollectionDefinition<Document>),
          ...{ id: 's', document: { id: 's', revision: 1, summary, lastChangedAt: OLD } },
        },
      ];
      await views.commit({
        ...{ follower: 'spec', from: START, to: START },
        writes: writes as unknown as readonly Write[],
      });
      const found = await findFlows({ stored: views, log: new MemoryLog() }, SEARCH);
      expect(found.map(({ process }) => process)).toEqual(Array(times).fill('withdraw-access'));
      await views.close();
    },
  );
});

describe('the starting event of a flow', () => {
  it('is the event that gives its process that work', async () => {
    const log = new MemoryLog();
    const record = (type: TesseraEvent['type'], data: JsonObject) =>
      log.record({ stream: 'share-s', ...serialise({ type, data } as unknown as TesseraEvent) });
    for (let n = 0; n < 20; n++) record('ShareCancelled', { shareId: 's' });
    record('ShareApproved', { shareId: 's', terms: {} });
    const views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
    await readAsBuilt(views, projections, OLD);
    const place = { stream: 'connection-c', revision: 2 as Revision };
    const used = { id: 'e', story: 'e', cause: 'e', position: 0 as Position, ...place };
    const collection = storedAs(storiesProjection, storyEvents as unknown as CollectionDefinition<Document>);
    const writes = [{ collection, id: 'e', document: used }] as unknown as readonly Write[];
    await views.commit({ follower: 'spec', from: START, to: START, writes });
    const sources = { stored: views, log };
    const start = { stream: 'share-s', revision: 20 };
    expect(await findStartingEvent({ process: 'prepare-package', key: 's' }, sources)).toEqual(start);
    expect(await findStartingEvent({ process: 'prepare-package', key: 't' }, sources)).toBeUndefined();
    expect(await findStartingEvent({ process: 'import-step', key: 's/step' }, sources)).toBeUndefined();
    expect(await findStartingEvent({ process: 'follow-withdrawal', key: 'g' }, sources)).toBeUndefined();
    log.record({ stream: 'installation-i', type: 'NeverHeardOf', data: {} });
    const end = { installationId: 'i', grantId: 'g', shareId: 's', cause: { kind: 'cascade' } };
    const event = { type: 'InstallationAccessWithdrawn', data: end } as unknown as TesseraEvent;
    log.record({ stream: 'installation-i', ...serialise(event) });
    const stream = 'installation-i';
    expect(await findStartingEvent({ process: 'follow-withdrawal', key: 'g', stream }, sources)).toEqual({
      ...{ stream, revision: 1 },
    });
    expect(await findStartingEvent({ process: 'complete-connection', key: 'e' }, sources)).toEqual(place);
    expect(await findStartingEvent({ process: 'complete-connection', key: 'f' }, sources)).toBeUndefined();
    await views.close();
  });
});

it('every process has a kind', () => {
  expect([...KIND_OF_PROCESS.keys()].toSorted()).toEqual(
    createProcesses()
      .map(({ name }) => name)
      .toSorted(),
  );
});
