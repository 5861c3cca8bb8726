import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
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
