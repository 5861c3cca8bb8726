// A page of a history costs a page, however long the history is, and nobody reads further in it than is theirs.
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesState, type Recorded, redactFor } from '#contracts';
import { type InstallationEvent, visibleTo } from '#domain/installation';
import type { PackageItem } from '#domain/share';
import { installationsProjection } from '#projections/installations';
import { sharesProjection } from '#projections/shares';
import type { Projection } from '#subscriptions';
import { weightOf } from '../core/stream-pages.ts';
import { type AuditHistory, GetHistory, GetHistoryHandler, type HistoryTime } from './audit.ts';
import type { AuditedKind } from './audit-subjects.ts';
import {
  changed,
  granted,
  happenings,
  holder,
  owner,
  RecordedLog,
  recordLife,
  registered,
} from './testing/recorded-log.ts';

const NOW = '2026-03-02T09:00:00.000Z';

let recorded: RecordedLog;

beforeEach(() => {
  recorded = new RecordedLog();
});

async function audited(projection: Projection) {
  const { log, views, read } = await recorded.open(projection);
  return { read, views, handler: new GetHistoryHandler(log, views, { now: () => NOW }) };
}

function asking(account: string, kind: AuditedKind, id: string) {
  const caller = { account, user: 'ann', roles: ['technician'] } as const;
  return (page: { pageSize: number; pageToken?: string }, time: HistoryTime = {}) =>
    new GetHistory(caller, kind, id, time, page);
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
    recorded.record('installation-i', registered);
    for (let n = 0; n < 3_000; n++) recorded.record('installation-i', changed(`Brand ${n}`));
    const { read, handler } = await audited(installationsProjection);
    const ask = asking(owner, 'installation', 'i');
    const first = await handler.execute(ask({ pageSize: 50 }));
    expect(first.items.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    const { nextPageToken } = await handler.execute(ask({ pageSize: 50, pageToken: 'revision-2000' }));
    expect(nextPageToken).toBe('revision-2050');
    expect(read.length).toBeLessThan(4 * 50);
  });

  it('of a share is short where its events list much', async () => {
    recorded.record('share-s', {
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
    recorded.record('share-s', {
      type: 'ShareApproved',
      data: { shareId: 's', level: 'installation', selection: [], terms },
    });
    recorded.record('share-s', { type: 'SharePreparationStarted', data: { shareId: 's' } });
    for (let batch = 0; batch < 40; batch++) {
      const data = { shareId: 's', batch, items, leftOut: [], cursor: `${batch}`, candidates: 20_000 };
      recorded.record('share-s', { type: 'SharePackageBatchCollected', data });
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
    const stories = fc.array(fc.constantFrom(...happenings), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(stories, fc.integer({ min: 1, max: 30 }), async (story, pageSize) => {
        recorded = new RecordedLog();
        recordLife(recorded, story);
        const { handler, views } = await audited(installationsProjection);
        const history = recorded.events.filter(changesState) as Recorded<InstallationEvent>[];
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
        await views.close();
      }),
      { numRuns: 50 },
    );
  });

  it('gives the state as of a moment with the first page, and ends at that moment', async () => {
    const at = (n: number) => `2026-03-01T09:00:${String(n).padStart(2, '0')}.000Z`;
    recorded.recordAt(at(0), 'installation-i', registered);
    for (let n = 1; n < 60; n++) recorded.recordAt(at(n), 'installation-i', changed(`Brand ${n}`));
    const { handler } = await audited(installationsProjection);
    const ask = asking(owner, 'installation', 'i');
    const all = await pages((pageToken) =>
      handler.execute(ask({ pageSize: 20, pageToken }, { asOf: at(30) })),
    );
    expect(all.map(({ items }) => items.length)).toEqual([20, 11]);
    expect(all[0]?.state).toMatchObject({ properties: { brand: 'Brand 30' } });
    expect(all[1]).not.toHaveProperty('state');
  });
});

describe('a history from one moment to another', () => {
  const at = (n: number) => `2026-03-01T09:00:${String(n).padStart(2, '0')}.000Z`;

  it('has what happened in between, and with the first page what differs', async () => {
    recorded.recordAt(at(0), 'installation-i', registered);
    for (let n = 1; n < 60; n++) recorded.recordAt(at(n), 'installation-i', changed(`Brand ${n}`));
    recorded.recordAt('2026-03-01T10:00:00.000Z', 'installation-i', granted('g'));
    const { handler } = await audited(installationsProjection);
    const ask = asking(owner, 'installation', 'i');
    const between = (from: string, to: string | undefined) =>
      pages((pageToken) => handler.execute(ask({ pageSize: 20, pageToken }, { from, to })));
    const [first, ...others] = await between(at(10), at(40));
    expect([first, ...others].flatMap((page) => page?.items.map(({ time }) => time))).toEqual(
      Array.from({ length: 30 }, (_, n) => at(n + 11)),
    );
    expect(first?.differences).toEqual({
      from: at(10),
      to: at(40),
      fields: [{ pointer: '/properties/brand', before: 'Brand 10', after: 'Brand 40' }],
      lists: [],
    });
    expect(others.every((page) => page.differences === undefined)).toBe(true);
    const [untilNow] = await between(at(59), undefined);
    expect(untilNow?.differences).toMatchObject({
      to: NOW,
      fields: [],
      lists: [{ pointer: '/grants', added: { total: 1, items: [{ grantId: 'g' }] } }],
    });
    const [beforeAll] = await between('2020-01-01T00:00:00.000Z', at(0));
    expect(beforeAll?.differences?.fields).toContainEqual({
      pointer: '/status',
      before: 'none',
      after: 'registered',
    });
  });
});

describe('a history nobody may read', () => {
  it('is not found, by auditors either where there is none', async () => {
    const { handler } = await audited(installationsProjection);
    const auditor = { account: '', user: 'eve', roles: ['auditor'] } as const;
    for (const caller of [auditor, { account: owner, user: 'ann', roles: [] }]) {
      const asked = new GetHistory(caller, 'installation', 'nowhere', {}, { pageSize: 50 });
      await expect(handler.execute(asked)).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  it('has no page of another list', async () => {
    recorded.record('installation-i', registered);
    const { handler } = await audited(installationsProjection);
    const asked = asking(owner, 'installation', 'i')({ pageSize: 50, pageToken: 'at-50' });
    await expect(handler.execute(asked)).rejects.toMatchObject({ name: 'InvalidPageToken' });
  });
});
