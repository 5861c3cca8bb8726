// A page of a history costs a page, however long the history is, and nobody reads further in it than is theirs.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesState, type Recorded, redactFor, serialise, type TesseraEvent } from '#contracts';
import { type InstallationEvent, visibleTo } from '#domain/installation';
import type { PackageItem } from '#domain/share';
import type { EventReader, RecordedEvent } from '#event-store';
import { installationsProjection } from '#projections/installations';
import { sharesProjection } from '#projections/shares';
import type { Projection } from '#subscriptions';
import { SqliteViewStore } from '#view-store/sqlite';
import { recorder, Views } from '../../../projections/testing.ts';
import { MemoryLog, STEP } from '../../subscriptions/testing/memory-log.ts';
import { weightOf } from '../core/stream-pages.ts';
import { type AuditHistory, GetHistory, GetHistoryHandler } from './audit.ts';
import type { AuditedKind } from './audit-subjects.ts';

const [owner, holder] = ['a', 'b'];
const placement = { customerId: 'c', locationId: 'l', reference: 'R-1' };

let store: SqliteViewStore;
let record: ReturnType<typeof recorder>;
let events: Recorded[];

beforeEach(() => {
  store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  record = recorder();
  events = [];
});

afterEach(() => store.close());

function tell(stream: string, ...told: readonly TesseraEvent[]): void {
  for (const event of told) events.push(record(stream, event));
}

function changed(brand: string): InstallationEvent {
  return {
    type: 'InstallationPropertiesChanged',
    data: { installationId: 'i', account: owner, changes: { brand } },
  };
}

const registered: InstallationEvent = {
  type: 'InstallationRegistered',
  data: { installationId: 'i', account: owner, token: 'T', properties: {}, placement },
};

function granted(grantId: string): InstallationEvent {
  const grant = {
    grantId,
    giver: owner,
    holder,
    shareId: 's',
    accessType: 'subcontractor',
    documentIdentity: 'performer',
    revocation: { kind: 'any-time' },
    approvedAt: '2026-03-01T09:00:00.000Z',
    grantedAt: '2026-03-01T09:00:00.000Z',
  } as const;
  return { type: 'InstallationAccessGranted', data: { installationId: 'i', placement, grant } };
}

function withdrawn(grantId: string): InstallationEvent {
  const cause = { kind: 'revoked', account: owner, shareId: 's', grantId } as const;
  const withdrawnAt = '2026-03-01T09:00:00.000Z';
  return {
    type: 'InstallationAccessWithdrawn',
    data: { installationId: 'i', grantId, shareId: 's', giver: owner, holder, cause, withdrawnAt },
  };
}

function stored(): RecordedEvent[] {
  return events.map((event, place) => {
    return { ...event, ...serialise(event), position: place * STEP } as unknown as RecordedEvent;
  });
}

/** The log of what was told, what was read of it, and a handler that asks it and the projection's documents. */
async function audited(projection: Projection) {
  const views = new Views(projection).apply(...events.filter(changesState));
  const writes = projection.collections.flatMap((collection) =>
    views.all(collection).map((document) => ({ collection, id: document.id, document })),
  );
  const log: EventReader = new MemoryLog(stored());
  const to = await log.head();
  const from = await store.checkpoint(projection.name);
  await store.commit({ follower: projection.name, from, to, writes });
  const read: RecordedEvent[] = [];
  const reader = {
    head: () => log.head(),
    readStream: async (...asked: Parameters<EventReader['readStream']>) => {
      const page = await log.readStream(...asked);
      read.push(...page);
      return page;
    },
  } as EventReader;
  return { read, handler: new GetHistoryHandler(reader, store) };
}

function asking(account: string, kind: AuditedKind, id: string) {
  const caller = { account, user: 'ann', roles: ['technician'] } as const;
  return (page: { pageSize: number; pageToken?: string }, asOf?: string) =>
    new GetHistory(caller, kind, id, asOf, page);
}

/** Every page from the first one on. */
async function pages(ask: (pageToken: string | undefined) => Promise<AuditHistory>): Promise<AuditHistory[]> {
  const all = [await ask(undefined)];
  for (let token = all[0]?.nextPageToken; token !== undefined; token = all.at(-1)?.nextPageToken) {
    all.push(await ask(token));
  }
  return all;
}

describe('a page of a history', () => {
  it('of an installation with thousands of events reads little more than it shows', async () => {
    tell('installation-i', registered);
    for (let n = 0; n < 3_000; n++) tell('installation-i', changed(`Brand ${n}`));
    const { read, handler } = await audited(installationsProjection);
    const ask = asking(owner, 'installation', 'i');
    const first = await handler.execute(ask({ pageSize: 50 }));
    expect(first.items.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    const { nextPageToken } = await handler.execute(ask({ pageSize: 50, pageToken: 'revision-2000' }));
    expect(nextPageToken).toBe('revision-2050');
    expect(read.length).toBeLessThan(4 * 50);
  });

  it('of a share is short where its events list much', async () => {
    tell('share-s', {
      type: 'ShareRequested',
      data: {
        shareId: 's',
        connectionId: 'c',
        requester: holder,
        provider: owner,
        name: 'All',
        suggestedLevel: 'installation',
        requestedAt: '2026-03-01T09:00:00.000Z',
      },
    });
    const items = Array.from({ length: 500 }, (_, n): PackageItem => {
      return { installationId: `i${n}`, token: 'T', reference: 'R', properties: {} };
    });
    const terms = {
      accessType: 'on-loan',
      documentIdentity: 'performer',
      revocation: { kind: 'any-time' },
      approvedAt: '2026-03-01T09:00:00.000Z',
    } as const;
    tell('share-s', {
      type: 'ShareApproved',
      data: { shareId: 's', level: 'installation', selection: [], terms },
    });
    tell('share-s', { type: 'SharePreparationStarted', data: { shareId: 's' } });
    for (let batch = 0; batch < 40; batch++) {
      const data = { shareId: 's', batch, items, leftOut: [], cursor: `${batch}`, candidates: 20_000 };
      tell('share-s', { type: 'SharePackageBatchCollected', data });
    }
    const { read, handler } = await audited(sharesProjection);
    const ask = asking(holder, 'share', 's');
    const last = await handler.execute(ask({ pageSize: 50, pageToken: 'revision-20' }));
    expect(last.items.length).toBeGreaterThan(0);
    const weight = last.items.reduce((sum, { data }) => sum + weightOf({ data }), 0);
    expect(weight).toBeLessThan(2_500);
    expect(read.length).toBeLessThan(50);
    const all = await pages((pageToken) => handler.execute(ask({ pageSize: 50, pageToken })));
    expect(all.flatMap(({ items: shown }) => shown)).toHaveLength(43);
  });

  it('goes on where the one before ended, to the end of what the account may read and no further (R-V5)', async () => {
    const happening = fc.constantFrom('change', 'grant', 'withdraw', 'nothing');
    const stories = fc.array(happening, { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(stories, fc.integer({ min: 1, max: 30 }), async (story, pageSize) => {
        store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
        record = recorder();
        events = [];
        tell('installation-i', registered);
        let given: string | undefined;
        for (const [n, kind] of story.entries()) {
          if (kind === 'change') tell('installation-i', changed(`Brand ${n}`));
          if (kind === 'nothing') tell('installation-i', { type: 'CommandHadNoEffect', data: {} } as never);
          if (kind === 'grant' && given === undefined) {
            given = `g${n}`;
            tell('installation-i', granted(given));
          } else if (kind === 'withdraw' && given !== undefined) {
            tell('installation-i', withdrawn(given));
            given = undefined;
          }
        }
        const { handler } = await audited(installationsProjection);
        const history = events.filter(changesState) as Recorded<InstallationEvent>[];
        for (const account of [owner, holder, 'stranger']) {
          const readable = visibleTo(history, account);
          const ask = asking(account, 'installation', 'i');
          const page = (pageToken?: string) => handler.execute(ask({ pageSize, pageToken }));
          if (readable.length === 0) {
            await expect(page()).rejects.toMatchObject({ code: 'not-found' });
            continue;
          }
          const found = (await pages(page)).flatMap(({ items }) => items.map(({ id }) => id));
          const viewer = { account, root: owner };
          const seen = readable.filter((event) => redactFor(event as Recorded, viewer));
          expect(found).toEqual(seen.map(({ id }) => id));
          const end = (readable.at(-1)?.revision ?? 0) + 1;
          expect((await page(`revision-${end}`)).items).toEqual([]);
        }
        await store.close();
      }),
      { numRuns: 50 },
    );
  });

  it('gives the state as of a moment with the first page, and ends at that moment', async () => {
    const at = (n: number) => `2026-03-01T09:00:${String(n).padStart(2, '0')}.000Z`;
    events.push(record('installation-i', registered, { at: at(0) }));
    for (let n = 1; n < 60; n++) {
      events.push(record('installation-i', changed(`Brand ${n}`), { at: at(n) }));
    }
    const { handler } = await audited(installationsProjection);
    const ask = asking(owner, 'installation', 'i');
    const all = await pages((pageToken) => handler.execute(ask({ pageSize: 20, pageToken }, at(30))));
    expect(all.map(({ items }) => items.length)).toEqual([20, 11]);
    expect(all[0]?.state).toMatchObject({ properties: { brand: 'Brand 30' } });
    expect(all[1]).not.toHaveProperty('state');
  });
});

describe('a history nobody may read', () => {
  it('is not found, by auditors either where there is none', async () => {
    const { handler } = await audited(installationsProjection);
    const auditor = { account: '', user: 'eve', roles: ['auditor'] } as const;
    for (const caller of [auditor, { account: owner, user: 'ann', roles: [] }]) {
      const asked = new GetHistory(caller, 'installation', 'nowhere', undefined, { pageSize: 50 });
      await expect(handler.execute(asked)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('has no page of another list', async () => {
    tell('installation-i', registered);
    const { handler } = await audited(installationsProjection);
    const asked = asking(owner, 'installation', 'i')({ pageSize: 50, pageToken: 'at-50' });
    await expect(handler.execute(asked)).rejects.toMatchObject({ name: 'InvalidPageToken' });
  });
});
