import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { type DayOfShares, daysOfShares } from '#projections/dashboard';
import { revocationWindows } from '#projections/shares';
import { SqliteViewStore } from '#view-store/sqlite';
import { GetDashboard, GetDashboardHandler } from './dashboard.ts';

const caller = { account: 'us', user: 'ann', roles: ['administrator'] } as const;
const now = '2026-03-04T09:00:00.000Z';

let views: SqliteViewStore;

beforeEach(() => {
  views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
});

afterEach(() => views.close());

function window(shareId: string, closesAt: string, installations: number) {
  const id = `${shareId}:${closesAt}`;
  const document = {
    id,
    shareId,
    account: 'us',
    counterparty: 'them',
    name: shareId,
    closesAt,
    installations,
  };
  return { collection: revocationWindows, id, document };
}

describe('the windows that close next', () => {
  it('name each share once, by the one that closes first', async () => {
    const writes = [
      window('past', '2026-03-04T08:59:59.000Z', 1),
      window('one', '2026-03-04T10:00:00.000Z', 2),
      window('one', '2026-03-04T11:00:00.000Z', 3),
      window('other', '2026-03-04T10:30:00.000Z', 4),
      window('one', '2026-03-04T12:00:00.000Z', 5),
    ];
    await views.commit({ follower: 'spec', from: START, to: START, writes });
    const handler = new GetDashboardHandler(views, { now: () => now });
    const { closingWindows } = await handler.execute(new GetDashboard(caller, 30));
    expect(
      closingWindows.map(({ shareId, closesAt, installations }) => [shareId, closesAt, installations]),
    ).toEqual([
      ['one', '2026-03-04T10:00:00.000Z', 2],
      ['other', '2026-03-04T10:30:00.000Z', 4],
    ]);
  });
});

describe('the answers of some weeks', () => {
  const HOUR = 3_600_000;
  const day = (day: string, amounts: DayOfShares['amounts']) => {
    const id = `us:${day}`;
    return { collection: daysOfShares, id, document: { id, account: 'us', day, amounts } };
  };
  const answers = async (...writes: readonly ReturnType<typeof day>[]) => {
    await views.commit({ follower: 'spec', from: START, to: START, writes });
    const handler = new GetDashboardHandler(views, { now: () => now });
    return (await handler.execute(new GetDashboard(caller, 30))).answers;
  };

  it('have a median over all days together, of approvals and rejections, separately for each side', async () => {
    const found = await answers(
      day('2026-03-01', {
        ...{ 'provider.approved': 3, 'provider.approved.up-to.60': 2, 'provider.approved.up-to.10080': 1 },
        ...{ 'requester.rejected': 1, 'requester.rejected.up-to.more': 1 },
      }),
      day('2026-03-04', { 'provider.rejected': 2, 'provider.rejected.up-to.120': 2 }),
    );
    // The third of five, which is the first of two between an hour and a half and two hours.
    expect(found.provider).toEqual({ count: 5, medianMs: 1.625 * HOUR });
    expect(found.requester).toEqual({ count: 1, medianMs: 12 * 7 * 24 * HOUR });
  });

  it('have none where there was no answer, or none was counted by how long it took', async () => {
    const found = await answers(day('2026-03-04', { 'provider.approved': 1, 'requester.requested': 1 }));
    expect(found).toEqual({ provider: { count: 1 }, requester: { count: 0 } });
  });
});
