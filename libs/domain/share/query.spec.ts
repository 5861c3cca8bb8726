import { describe, expect, it } from '@jest/globals';
import { fold, type Role } from '#domain/kernel';
import {
  allowedActions,
  evolveSummary,
  itemCounts,
  type ShareEvent,
  type ShareSummary,
  share,
  sideOf,
  statusFor,
} from './index.ts';
import {
  allPlaced,
  anyTime,
  approved,
  available,
  confirmed,
  NOW,
  PLACED_UNTIL,
  PROVIDER,
  REQUESTER,
  requested,
  SHARE,
  started,
} from './testing/index.ts';

const summaryAfter = (...events: ShareEvent[]): ShareSummary => {
  const state = fold(share, share.initial, events);
  if (state.kind === 'none') throw new Error('There is no share.');
  return state.summary;
};

describe('each party’s view', () => {
  it('R-S1 reads requested on one side and to-evaluate on the other, and the same everywhere else', () => {
    const both = (...events: ShareEvent[]) =>
      [REQUESTER, PROVIDER].map((account) => statusFor(summaryAfter(...events), account));
    expect(both(requested)).toEqual(['requested', 'to-evaluate']);
    expect(both(requested, { type: 'ShareRejected', data: { shareId: SHARE, rejectedAt: NOW } })).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(
      both(requested, {
        type: 'ShareCancelled',
        data: { shareId: SHARE, cause: 'requester', cancelledAt: NOW },
      }),
    ).toEqual(['cancelled', 'cancelled']);
    expect(both(requested, approved())).toEqual(['approved', 'approved']);
    expect(both(requested, approved(), started)).toEqual(['preparing', 'preparing']);
    expect(both(...available())).toEqual(['available', 'available']);
    expect(both(...allPlaced())).toEqual(['processed', 'processed']);
  });

  it('R-S1 only the two accounts have a side', () => {
    const summary = summaryAfter(requested);
    expect([REQUESTER, PROVIDER, 'stranger'].map((account) => sideOf(summary, account))).toEqual([
      'requester',
      'provider',
      undefined,
    ]);
  });

  it('R-S1 lists what each side may do now', () => {
    const both = (now: string, ...events: ShareEvent[]) =>
      [REQUESTER, PROVIDER, 'stranger'].map((account) =>
        allowedActions(summaryAfter(...events), { account, roles: ['administrator'] }, now),
      );
    expect(both(NOW, requested)).toEqual([['cancel'], ['approve', 'reject'], []]);
    expect(both(NOW, requested, approved())).toEqual([[], ['revoke'], []]);
    expect(both(NOW, ...available())).toEqual([['process', 'finish'], ['revoke'], []]);
    expect(both(NOW, ...available(), ...confirmed('step-1', 'i1', 'i2', 'i3'))).toEqual([[], ['revoke'], []]);
    expect(both(PLACED_UNTIL, ...allPlaced())).toEqual([[], ['revoke'], []]);
    expect(
      both(NOW, requested, { type: 'ShareRejected', data: { shareId: SHARE, rejectedAt: NOW } }),
    ).toEqual([[], [], []]);
  });

  it('R-S10 lists what a member’s role allows', () => {
    const requester = (roles: readonly Role[]) =>
      allowedActions(summaryAfter(...available()), { account: REQUESTER, roles }, NOW);
    expect(requester(['technician'])).toEqual([]);
    expect(requester(['manager'])).toEqual(['process', 'finish']);
    expect(requester(['administrator'])).toEqual(['process', 'finish']);
    const provider = (roles: readonly Role[]) =>
      allowedActions(summaryAfter(...available({ terms: anyTime })), { account: PROVIDER, roles }, NOW);
    expect(provider(['manager'])).toEqual([]);
    expect(provider(['administrator'])).toEqual(['revoke']);
    expect(provider(['service'])).toEqual(['revoke']);
  });
});

describe('the summary', () => {
  it('is plain data, folded by itself', () => {
    const summary = allPlaced().reduce<ShareSummary | undefined>(evolveSummary, undefined);
    expect(summary).toEqual(summaryAfter(...allPlaced()));
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it('begins with the request', () => {
    expect(() => evolveSummary(undefined, started)).toThrow('A share begins with ShareRequested');
  });

  it('R-S9 counts what is being placed as offered', () => {
    const summary = summaryAfter(...available(), ...confirmed('step-1', 'i1', 'i2'));
    expect(summary.counts).toMatchObject({ offered: 1, placing: 2 });
    expect(itemCounts(summary)).toEqual({ total: 3, offered: 3, placed: 0, declined: 0, withdrawn: 0 });
  });
});
