import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMillis, toMillis } from '#domain/kernel';
import type { ShareEvent } from '#domain/share';
import { recorder, Views } from '../testing.ts';
import {
  type DayOnOneSide,
  dashboardProjection,
  daysOfShares,
  type Milestone,
  medianTime,
  seriesOf,
  shareTimelines,
} from './index.ts';

const minutes = 60_000;

/** A share asked on one day and evaluated on the next. */
function story(shareId = 's') {
  const record = recorder();
  const recordEvent = (event: ShareEvent) => record(`share-${shareId}`, event);
  const requested = recordEvent({
    type: 'ShareRequested',
    data: {
      shareId,
      connectionId: 'c',
      requester: 'a',
      provider: 'b',
      name: 'Winter round',
      suggestedLevel: 'location',
      requestedAt: '2026-03-01T23:50:00.000Z',
    },
  });
  const approved = recordEvent({
    type: 'ShareApproved',
    data: {
      shareId,
      level: 'location',
      selection: ['l'],
      terms: {
        accessType: 'on-loan',
        documentIdentity: 'performer',
        revocation: { kind: 'any-time' },
        approvedAt: '2026-03-02T00:10:00.000Z',
      },
    },
  });
  const available = recordEvent({
    type: 'SharePackageCompleted',
    data: { shareId, items: 1, leftOut: 0, availableAt: '2026-03-02T00:11:00.000Z' },
  });
  const processed = recordEvent({
    type: 'ShareProcessed',
    data: { shareId, processedAt: '2026-03-02T00:41:00.000Z' },
  });
  const revoked = recordEvent({
    type: 'ShareRevoked',
    data: { shareId, withdrawn: 1, revokedAt: '2026-03-03T08:00:00.000Z' },
  });
  return { record, recordEvent, requested, approved, available, processed, revoked };
}

/** The series of an account, as the index gives its days. */
function seriesFor(views: Views, account: string): DayOnOneSide[] {
  const ids = views.find(daysOfShares, 'by-account', [account]);
  return seriesOf(ids.flatMap((id) => views.get(daysOfShares, id) ?? []));
}

describe('the dashboard view', () => {
  it('shows each party on which day a share reached each milestone, and how long it took', () => {
    const { requested, approved, available, processed, revoked } = story();
    const views = new Views(dashboardProjection).apply(requested, approved, available, processed, revoked);
    const series = (role: string) => [
      { day: '2026-03-01', role, milestones: { requested: { count: 1 } } },
      {
        day: '2026-03-02',
        role,
        milestones: {
          approved: { count: 1, took: 20 * minutes },
          available: { count: 1, took: 1 * minutes },
          processed: { count: 1, took: 30 * minutes },
        },
      },
      { day: '2026-03-03', role, milestones: { revoked: { count: 1 } } },
    ];
    expect(seriesFor(views, 'a')).toStrictEqual(series('requester'));
    expect(seriesFor(views, 'b')).toStrictEqual(series('provider'));
  });

  it('measures a rejection from the request, and a cancellation from nothing', () => {
    const rejected = story('s');
    const cancelled = story('r');
    const views = new Views(dashboardProjection).apply(
      rejected.requested,
      rejected.recordEvent({
        type: 'ShareRejected',
        data: { shareId: 's', rejectedAt: '2026-03-02T00:00:00.000Z' },
      }),
      cancelled.requested,
      cancelled.recordEvent({
        type: 'ShareCancelled',
        data: { shareId: 'r', cause: 'requester', cancelledAt: '2026-03-02T00:00:00.000Z' },
      }),
    );
    expect(seriesFor(views, 'b')[1]).toStrictEqual({
      day: '2026-03-02',
      role: 'provider',
      milestones: { rejected: { count: 1, took: 10 * minutes }, cancelled: { count: 1 } },
    });
  });

  it('has a median over any of its days to within a step, where they are far apart', () => {
    const [one, other] = [story('s'), story('r')];
    const rejectedAt = '2026-03-04T23:50:00.000Z';
    const views = new Views(dashboardProjection).apply(
      one.requested,
      one.approved,
      other.requested,
      other.recordEvent({ type: 'ShareRejected', data: { shareId: 'r', rejectedAt } }),
    );
    const days = views.all(daysOfShares).filter(({ account }) => account === 'b');
    const median = (...milestones: Milestone[]) => (medianTime(days, 'provider', milestones) ?? 0) / minutes;
    expect(median('approved')).toBeCloseTo((18 + 27) / 2);
    expect(median('approved', 'rejected')).toBeCloseTo(27);
    expect(median('rejected')).toBeCloseTo((2_880 + 4_320) / 2);
    expect(medianTime(days, 'requester', ['approved'])).toBeUndefined();
  });

  it('counts nothing twice when events are delivered again', () => {
    const { requested, approved, available } = story();
    const views = new Views(dashboardProjection).apply(requested, approved, available);
    const before = views.get(shareTimelines, 's');
    const days = views.all(daysOfShares);
    views.apply(requested, approved, available);
    expect(views.get(shareTimelines, 's')).toBe(before);
    expect(views.all(daysOfShares)).toStrictEqual(days);
  });

  it('ignores a share whose request is missing, and other events', () => {
    const { record, approved } = story();
    expect(new Views(dashboardProjection).apply(approved).all(shareTimelines)).toStrictEqual([]);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(dashboardProjection.project(cancelled)).toStrictEqual([]);
  });

  it('has the same sums as counting every share again, for any histories', () => {
    const turn = fc.record({
      share: fc.integer({ min: 0, max: 5 }),
      milestone: fc.constantFrom<Milestone>(
        'approved',
        'rejected',
        'cancelled',
        'available',
        'processed',
        'revoked',
      ),
      after: fc.integer({ min: 0, max: 2 * 24 * 60 * minutes }),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), (turns) => {
        const record = recorder();
        const start = toMillis('2026-03-01T00:00:00.000Z');
        const asked = Array.from({ length: 6 }, (_, n) => record(`share-${n}`, requestOf(n)));
        let now = start;
        const reached = turns.map(({ share, milestone, after }) => {
          now += after;
          return record(`share-${share}`, turnOf(`${share}`, milestone, fromMillis(now)));
        });
        const views = new Views(dashboardProjection).apply(...asked, ...reached);
        for (const account of ACCOUNTS) expect(seriesFor(views, account)).toEqual(counted(views, account));
      }),
    );
  });
});

const ACCOUNTS = ['a', 'b', 'c'];

/** Every account is on either side of some share. */
function requestOf(n: number): ShareEvent {
  const [requester = '', provider = ''] = [ACCOUNTS[n % 3], ACCOUNTS[(n + 1) % 3]];
  const asked = { connectionId: 'c', name: 'All', suggestedLevel: 'location' } as const;
  const requestedAt = '2026-03-01T00:00:00.000Z';
  return { type: 'ShareRequested', data: { shareId: `${n}`, requester, provider, requestedAt, ...asked } };
}

/** An event by which the share comes to a turn, whether or not it could come there. */
function turnOf(shareId: string, milestone: Milestone, at: string): ShareEvent {
  switch (milestone) {
    case 'approved': {
      const revocation = { kind: 'any-time' } as const;
      const terms = { accessType: 'on-loan', documentIdentity: 'performer', revocation } as const;
      const data = {
        shareId,
        level: 'location',
        selection: [],
        terms: { ...terms, approvedAt: at },
      } as const;
      return { type: 'ShareApproved', data };
    }
    case 'rejected':
      return { type: 'ShareRejected', data: { shareId, rejectedAt: at } };
    case 'cancelled':
      return { type: 'ShareCancelled', data: { shareId, cause: 'requester', cancelledAt: at } };
    case 'available':
      return { type: 'SharePackageCompleted', data: { shareId, items: 1, leftOut: 0, availableAt: at } };
    case 'processed':
      return { type: 'ShareProcessed', data: { shareId, processedAt: at } };
    case 'revoked':
      return { type: 'ShareRevoked', data: { shareId, withdrawn: 1, revokedAt: at } };
    case 'expired':
      return { type: 'ShareExpired', data: { shareId, withdrawn: 1, expiredAt: at } };
    case 'requested':
      throw new Error('A share is requested once.');
  }
}

/** The same by going through every share there is. */
function counted(views: Views, account: string): DayOnOneSide[] {
  const follows: Partial<Record<Milestone, Milestone>> = {
    approved: 'requested',
    rejected: 'requested',
    available: 'approved',
    processed: 'available',
  };
  const days = new Map<string, { count: number; took?: number }>();
  for (const { requester, reached, provider } of views.all(shareTimelines)) {
    for (const role of ['provider', 'requester'] as const) {
      if ((role === 'provider' ? provider : requester) !== account) continue;
      for (const [milestone, at] of Object.entries(reached) as [Milestone, string][]) {
        const key = `${at.slice(0, 10)} ${role} ${milestone}`;
        const sofar = days.get(key) ?? { count: 0 };
        const since = reached[follows[milestone] as Milestone];
        const took = since === undefined ? 0 : toMillis(at) - toMillis(since);
        const isMeasured = follows[milestone] !== undefined;
        days.set(key, { count: sofar.count + 1, ...(isMeasured && { took: (sofar.took ?? 0) + took }) });
      }
    }
  }
  const grouped = Map.groupBy(days, ([key]) => key.split(' ').slice(0, 2).join(' '));
  return [...grouped]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, entries]) => {
      const [day = '', role] = key.split(' ');
      const milestones = Object.fromEntries(entries.map(([name, reached]) => [name.split(' ')[2], reached]));
      return { day, role: role as 'provider' | 'requester', milestones };
    });
}
