import { describe, expect, it } from '@jest/globals';
import { fold, plusMillis } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import { expireShare } from './expiry.ts';
import {
  allowedActions,
  type ExpiryAction,
  MAX_TERM_MS,
  nextExpiryAction,
  type ShareEvent,
  type ShareSummary,
  type ShareTerms,
  share,
  summaryByClock,
} from './index.ts';
import {
  APPROVED,
  administrator,
  allPlaced,
  anyTime,
  approved,
  ask,
  available,
  collected,
  confirmed,
  declined,
  item,
  NOW,
  PLACED,
  PROVIDER,
  REQUESTER,
  record,
  requested,
  SHARE,
  started,
  takenOver,
  window72,
} from './testing/index.ts';

const { given } = scenario(share);
const DAY = 86_400_000;

/** Thirty days after the approval. */
const UNTIL = plusMillis(APPROVED, 30 * DAY);
const BEFORE = plusMillis(UNTIL, -1);
const LATER = plusMillis(UNTIL, 10 * DAY);
const ended = (terms: ShareTerms): ShareTerms => ({ ...terms, until: UNTIL });
const terms = ended(window72);

const summaryAfter = (...events: ShareEvent[]): ShareSummary => {
  const state = fold(share, share.initial, events);
  if (state.kind === 'none') throw new Error('There is no share.');
  return state.summary;
};
const extended = (until: string, extendedAt = NOW): ShareEvent => ({
  type: 'ShareExtended',
  data: { shareId: SHARE, until, extendedAt },
});
const announced = (daysBefore: 7 | 1, until = UNTIL): ShareEvent => ({
  type: 'ShareExpiryAnnounced',
  data: { shareId: SHARE, until, daysBefore, announcedAt: plusMillis(until, -daysBefore * DAY) },
});
const expired = (withdrawn: number, expiredAt = UNTIL): ShareEvent => ({
  type: 'ShareExpired',
  data: { shareId: SHARE, withdrawn, expiredAt },
});

const expire = (now: string) => record('ExpireShare', {}, now);

describe('approving until a date (R-E1)', () => {
  const facts = {
    connection: {
      status: 'active',
      connectionId: 'connection-1',
      creator: PROVIDER,
      acceptor: REQUESTER,
      tokenHash: 'hash',
      creatorLabel: 'Ours',
      acceptorLabel: 'Theirs',
    },
    requesterKind: 'service',
    window: window72.revocation,
    shareable: 1,
    leftOut: [],
  } as never;
  const approve = (until?: string) =>
    ask(
      PROVIDER,
      'ApproveShare',
      {
        level: 'installation',
        selection: ['i1', 'i2', 'i3'],
        accessType: 'installation-manager',
        ...(until !== undefined && { until }),
      },
      APPROVED,
    );

  it('stamps the date into the terms (R-S6)', () => {
    given(requested).when(approve(UNTIL), facts).then(approved(terms));
  });

  it('takes a date from the next moment on', () => {
    const next = plusMillis(APPROVED, 1);
    given(requested)
      .when(approve(next), facts)
      .then(approved({ ...window72, until: next }));
    given(requested).when(approve(APPROVED), facts).thenRefused('impossible', 'until-not-ahead');
  });

  it('takes a date of at most ten years ahead', () => {
    const last = plusMillis(APPROVED, MAX_TERM_MS);
    given(requested)
      .when(approve(last), facts)
      .then(approved({ ...window72, until: last }));
    given(requested)
      .when(approve(plusMillis(last, 1)), facts)
      .thenRefused('impossible', 'until-too-far');
  });

  it('is the same approval only with the same date', () => {
    given(requested, approved(terms)).when(approve(UNTIL), facts).thenNothing();
    given(requested, approved(terms)).when(approve(), facts).thenRefused('conflict', 'share-not-requested');
  });
});

describe('the end of a share (R-E1)', () => {
  const cause = { kind: 'expired', account: PROVIDER, shareId: SHARE } as const;

  it('ends what is placed, confirmed and offered at the agreed moment, however late that is recorded', () => {
    const history = [
      ...available({ terms }),
      ...takenOver('step-1', PLACED, 'i1'),
      ...confirmed('step-2', 'i2'),
    ];
    given(...history)
      .when(expire(plusMillis(UNTIL, DAY)))
      .then(
        {
          type: 'ShareItemsWithdrawn',
          data: {
            shareId: SHARE,
            installations: ['i1', 'i2', 'i3'],
            from: { offered: 1, placing: 1, placed: [{ placedAt: PLACED, count: 1 }] },
            cause,
            withdrawnAt: UNTIL,
          },
        },
        expired(3),
      );
  });

  it('leaves what was declined or withdrawn before as it is', () => {
    const history = [...available({ terms }), ...takenOver('step-1', PLACED, 'i1'), declined('i2', 'i3')];
    given(...history)
      .when(expire(UNTIL))
      .then(
        {
          type: 'ShareItemsWithdrawn',
          data: {
            shareId: SHARE,
            installations: ['i1'],
            from: { offered: 0, placing: 0, placed: [{ placedAt: PLACED, count: 1 }] },
            cause,
            withdrawnAt: UNTIL,
          },
        },
        expired(1),
      );
  });

  it('ends access for good, whose window for revoking was over long before', () => {
    const [withdrawn, ...rest] = share.decide(
      expire(UNTIL),
      fold(share, share.initial, allPlaced({ terms })),
      undefined,
    );
    expect(withdrawn).toMatchObject({ type: 'ShareItemsWithdrawn', data: { withdrawnAt: UNTIL } });
    expect(rest).toStrictEqual([expired(3)]);
    expect(summaryAfter(...allPlaced({ terms }), withdrawn as ShareEvent, expired(3))).toMatchObject({
      status: 'expired',
      expiredAt: UNTIL,
      counts: { placed: 0, withdrawn: 3 },
      placements: [],
    });
  });

  it('comes at the very moment, and not a millisecond before', () => {
    given(...allPlaced({ terms }))
      .when(expire(BEFORE))
      .thenNothing();
    expect(nextExpiryAction(summaryAfter(...allPlaced({ terms })), UNTIL)).toEqual({ kind: 'expire' });
  });

  it('stops the preparation of a package', () => {
    const preparing = [requested, approved(terms), started, collected([item('i1')], { cursor: 'more' })];
    const state = fold(share, share.initial, preparing);
    const events = share.decide(expire(UNTIL), state, undefined);
    expect(events.map(({ type }) => type)).toEqual(['ShareItemsWithdrawn', 'ShareExpired']);
    const batch = { batch: 1, items: [item('i2')], leftOut: [], candidates: 2 };
    given(...preparing, ...events)
      .when(record('CollectPackageBatch', batch, UNTIL))
      .thenNothing();
    given(requested, approved(terms)).when(expire(UNTIL)).then(expired(0));
  });

  it('comes to nothing where nothing is left, and only once', () => {
    const nothingLeft = [...available({ terms }), declined('i1', 'i2', 'i3')];
    given(...nothingLeft)
      .when(expire(UNTIL))
      .thenNothing();
    expect(nextExpiryAction(summaryAfter(...nothingLeft), UNTIL)).toEqual({ kind: 'none' });
    given(requested, approved(terms), expired(0)).when(expire(LATER)).thenNothing();
    given(...allPlaced())
      .when(expire(LATER))
      .thenNothing();
  });
});

describe('a share whose end has come and is not recorded yet (R-E2)', () => {
  const history = [...available({ terms: ended(anyTime) }), ...takenOver('step-1', PLACED, 'i1')];
  const late = summaryAfter(...history);

  it('reads as expired, with nothing to be done, from the very moment on', () => {
    expect(summaryByClock(late, BEFORE)).toBe(late);
    expect(summaryByClock(late, UNTIL)).toMatchObject({
      status: 'expired',
      expiredAt: UNTIL,
      counts: { total: 3, offered: 0, placing: 0, placed: 0, withdrawn: 3 },
    });
    expect(allowedActions(late, administrator(PROVIDER), BEFORE)).toEqual(['revoke', 'extend']);
    expect(allowedActions(late, administrator(REQUESTER), BEFORE)).toEqual(['process', 'finish']);
    for (const account of [PROVIDER, REQUESTER]) {
      expect(allowedActions(late, administrator(account), UNTIL)).toEqual([]);
    }
  });

  it('counts as withdrawn whatever was placed, confirmed or on offer', () => {
    const summary = summaryAfter(
      ...available({ terms, items: ['i1', 'i2', 'i3', 'i4', 'i5'] }),
      ...takenOver('step-1', PLACED, 'i1'),
      ...confirmed('step-2', 'i2', 'i3'),
      declined('i4'),
    );
    expect(summaryByClock(summary, UNTIL)).toMatchObject({
      counts: { total: 5, offered: 0, placing: 0, placed: 0, declined: 1, withdrawn: 4 },
      placements: [],
    });
  });

  it('reads as expired also between the events that record it', () => {
    const state = fold(share, share.initial, history);
    if (state.kind === 'none') throw new Error('There is no share.');
    const events = expireShare.decide(expire(UNTIL), state);
    expect(events.map(({ type }) => type)).toEqual(['ShareItemsWithdrawn', 'ShareExpired']);
    for (const [place] of [...events, undefined].entries()) {
      const summary = summaryAfter(...history, ...events.slice(0, place));
      expect(summaryByClock(summary, UNTIL)).toMatchObject({
        status: 'expired',
        expiredAt: UNTIL,
        counts: { offered: 0, placing: 0, placed: 0, withdrawn: 3 },
      });
    }
  });

  it('takes no command of either party', () => {
    const step = { referenceStyle: 'original', installations: [], decline: ['i2'] } as const;
    const refused = (command: Parameters<ReturnType<typeof given>['when']>[0]) =>
      given(...history)
        .when(command)
        .thenRefused('conflict', 'share-expired');
    refused(ask(REQUESTER, 'ProcessShare', step, UNTIL));
    refused(ask(REQUESTER, 'FinishShare', {}, UNTIL));
    refused(ask(PROVIDER, 'RevokeShare', {}, UNTIL));
    refused(ask(PROVIDER, 'ExtendShare', { until: LATER }, UNTIL));
  });
});

describe('extending (R-E4)', () => {
  const extend = (until: string, now = NOW) => ask(PROVIDER, 'ExtendShare', { until }, now);

  it('is a decision of the giver, up to the last moment', () => {
    given(...allPlaced({ terms }))
      .when(extend(LATER))
      .then(extended(LATER));
    given(...allPlaced({ terms }))
      .when(extend(LATER, BEFORE))
      .then(extended(LATER, BEFORE));
    given(...allPlaced({ terms }))
      .when(ask(REQUESTER, 'ExtendShare', { until: LATER }))
      .thenRefused('conflict', 'not-the-giver');
    given(...allPlaced({ terms }))
      .when(ask('stranger', 'ExtendShare', { until: LATER }))
      .thenRefused('not-found', 'not-found');
  });

  it('goes only to a later date, of at most ten years ahead', () => {
    given(...allPlaced({ terms }))
      .when(extend(UNTIL))
      .thenNothing();
    given(...allPlaced({ terms }))
      .when(extend(BEFORE))
      .thenRefused('impossible', 'until-not-later');
    given(...allPlaced({ terms }))
      .when(extend(NOW))
      .thenRefused('impossible', 'until-not-ahead');
    const tooFar = plusMillis(NOW, MAX_TERM_MS + 1);
    given(...allPlaced({ terms }))
      .when(extend(tooFar))
      .thenRefused('impossible', 'until-too-far');
  });

  it('goes on from the last extension', () => {
    const history = [...allPlaced({ terms }), extended(LATER)];
    given(...history)
      .when(extend(plusMillis(UNTIL, DAY)))
      .thenRefused('impossible', 'until-not-later');
    expect(summaryAfter(...history)).toMatchObject({
      expiresAt: LATER,
      extendedAt: NOW,
      terms: { until: UNTIL },
    });
  });

  it('needs an end, and something that lives', () => {
    given(...allPlaced())
      .when(extend(LATER))
      .thenRefused('conflict', 'share-without-end');
    given(requested).when(extend(LATER)).thenRefused('conflict', 'share-not-approved');
    const nothingLeft = [...available({ terms }), declined('i1', 'i2', 'i3')];
    given(...nothingLeft)
      .when(extend(LATER))
      .thenRefused('conflict', 'share-not-approved');
    for (const until of [LATER, UNTIL]) {
      given(requested, approved(terms), expired(0))
        .when(extend(until))
        .thenRefused('conflict', 'share-expired');
    }
  });
});

describe('telling that the end is near (R-E3)', () => {
  const next = (now: string, ...more: ShareEvent[]): ExpiryAction =>
    nextExpiryAction(summaryAfter(...allPlaced({ terms }), ...more), now);
  const daysAhead = (days: number, until = UNTIL) => plusMillis(until, -days * DAY);

  it('happens seven days and one day before, each once', () => {
    expect(next(NOW)).toEqual({ kind: 'wait', until: daysAhead(7) });
    expect(next(daysAhead(7))).toEqual({ kind: 'announce', until: UNTIL, daysBefore: 7 });
    expect(next(daysAhead(7), announced(7))).toEqual({ kind: 'wait', until: daysAhead(1) });
    expect(next(daysAhead(1), announced(7))).toEqual({ kind: 'announce', until: UNTIL, daysBefore: 1 });
    expect(next(daysAhead(1), announced(7), announced(1))).toEqual({ kind: 'wait', until: UNTIL });
  });

  it('leaves out what comes too late to be true', () => {
    expect(next(daysAhead(0.5))).toEqual({ kind: 'announce', until: UNTIL, daysBefore: 1 });
    expect(next(daysAhead(0.5), announced(1))).toEqual({ kind: 'wait', until: UNTIL });
  });

  it('leaves out what had passed when the end was agreed', () => {
    const short = (days: number) =>
      summaryAfter(requested, approved({ ...window72, until: plusMillis(APPROVED, days * DAY) }));
    const after = plusMillis(APPROVED, 1);
    expect(nextExpiryAction(short(7), after)).toEqual({ kind: 'wait', until: plusMillis(APPROVED, 6 * DAY) });
    expect(nextExpiryAction(short(1), after)).toEqual({ kind: 'wait', until: plusMillis(APPROVED, DAY) });
  });

  it('follows an extension', () => {
    const history = [announced(7), extended(LATER, daysAhead(2))];
    expect(next(daysAhead(1), ...history)).toEqual({ kind: 'wait', until: daysAhead(7, LATER) });
    expect(next(daysAhead(7, LATER), ...history)).toEqual({ kind: 'announce', until: LATER, daysBefore: 7 });
  });

  it('is recorded once for each end, and not once the share has ended or was extended', () => {
    const announce = (daysBefore: 7 | 1, now: string) =>
      record('AnnounceShareExpiry', { until: UNTIL, daysBefore }, now);
    const week = daysAhead(7);
    given(...allPlaced({ terms }))
      .when(announce(7, week))
      .then(announced(7));
    given(...allPlaced({ terms }), announced(7))
      .when(announce(7, week))
      .thenNothing();
    given(...allPlaced({ terms }), announced(1))
      .when(announce(7, week))
      .thenNothing();
    given(...allPlaced({ terms }), extended(LATER))
      .when(announce(7, week))
      .thenNothing();
    given(...allPlaced({ terms }))
      .when(announce(1, UNTIL))
      .thenNothing();
    given(requested, approved(terms), expired(0)).when(announce(7, week)).thenNothing();
  });
});
