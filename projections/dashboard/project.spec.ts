import { describe, expect, it } from '@jest/globals';
import type { ShareEvent } from '#domain/share';
import { recorder, Views } from '../testing.ts';
import { dashboardProjection, reachedMilestones, seriesOf, shareTimelines } from './index.ts';

const minutes = 60_000;

/** A share asked on one day and evaluated on the next. */
function story(shareId = 's') {
  const record = recorder();
  const tell = (event: ShareEvent) => record(`share-${shareId}`, event);
  const requested = tell({
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
  const approved = tell({
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
  const available = tell({
    type: 'SharePackageCompleted',
    data: { shareId, items: 1, leftOut: 0, availableAt: '2026-03-02T00:11:00.000Z' },
  });
  const processed = tell({
    type: 'ShareProcessed',
    data: { shareId, processedAt: '2026-03-02T00:41:00.000Z' },
  });
  const revoked = tell({
    type: 'ShareRevoked',
    data: { shareId, withdrawn: 1, revokedAt: '2026-03-03T08:00:00.000Z' },
  });
  return { record, tell, requested, approved, available, processed, revoked };
}

function rowsOf(views: Views, account: string) {
  return views.all(reachedMilestones).filter((row) => row.account === account);
}

describe('the dashboard view', () => {
  it('tells each party when a share came to each turn, and how long it took', () => {
    const { requested, approved, available, processed, revoked } = story();
    const views = new Views(dashboardProjection).apply(requested, approved, available, processed, revoked);
    expect(
      rowsOf(views, 'a').map(({ role, milestone, at, took }) => [role, milestone, at, took]),
    ).toStrictEqual([
      ['requester', 'requested', '2026-03-01T23:50:00.000Z', undefined],
      ['requester', 'approved', '2026-03-02T00:10:00.000Z', 20 * minutes],
      ['requester', 'available', '2026-03-02T00:11:00.000Z', 1 * minutes],
      ['requester', 'processed', '2026-03-02T00:41:00.000Z', 30 * minutes],
      ['requester', 'revoked', '2026-03-03T08:00:00.000Z', undefined],
    ]);
    expect(rowsOf(views, 'b').map(({ role }) => role)).toStrictEqual(Array(5).fill('provider'));
    expect(views.find(reachedMilestones, 'by-account', ['b'])).toStrictEqual(
      ['requested', 'approved', 'available', 'processed', 'revoked'].map((milestone) => `s:b:${milestone}`),
    );
  });

  it('measures a rejection from the request, and a cancellation from nothing', () => {
    const rejected = story('s');
    const cancelled = story('r');
    const views = new Views(dashboardProjection).apply(
      rejected.requested,
      rejected.tell({
        type: 'ShareRejected',
        data: { shareId: 's', rejectedAt: '2026-03-02T00:00:00.000Z' },
      }),
      cancelled.requested,
      cancelled.tell({
        type: 'ShareCancelled',
        data: { shareId: 'r', cause: 'requester', cancelledAt: '2026-03-02T00:00:00.000Z' },
      }),
    );
    expect(views.get(reachedMilestones, 's:b:rejected')).toMatchObject({ took: 10 * minutes });
    expect(views.get(reachedMilestones, 'r:b:cancelled')).not.toHaveProperty('took');
  });

  it('sums them up by day and role', () => {
    const one = story('s');
    const other = story('r');
    const views = new Views(dashboardProjection).apply(
      one.requested,
      one.approved,
      other.requested,
      other.approved,
      other.available,
    );
    expect(seriesOf(rowsOf(views, 'b'))).toStrictEqual([
      { day: '2026-03-01', role: 'provider', milestones: { requested: { count: 2 } } },
      {
        day: '2026-03-02',
        role: 'provider',
        milestones: {
          approved: { count: 2, took: 40 * minutes },
          available: { count: 1, took: 1 * minutes },
        },
      },
    ]);
  });

  it('counts nothing twice when events are delivered again', () => {
    const { requested, approved, available } = story();
    const views = new Views(dashboardProjection).apply(requested, approved, available);
    const before = views.get(shareTimelines, 's');
    const rows = views.all(reachedMilestones);
    views.apply(requested, approved, available);
    expect(views.get(shareTimelines, 's')).toBe(before);
    expect(views.all(reachedMilestones)).toStrictEqual(rows);
  });

  it('makes nothing of a share it never saw requested, nor of other events', () => {
    const { record, approved } = story();
    expect(new Views(dashboardProjection).apply(approved).all(shareTimelines)).toStrictEqual([]);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(dashboardProjection.project(cancelled)).toStrictEqual([]);
  });
});
