import { describe, expect, it } from '@jest/globals';
import { fold, plusMillis, type Refusal } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import {
  itemCounts,
  type RevokeShare,
  revocableUntil,
  revocationOutcome,
  type ShareEvent,
  type ShareSummary,
  share,
  type WithdrawnFrom,
} from './index.ts';
import {
  allPlaced,
  anyTime,
  approved,
  ask,
  available,
  collected,
  confirmed,
  declined,
  HOURS_72,
  imported,
  item,
  NOW,
  PLACED,
  PLACED_UNTIL,
  PROVIDER,
  processed,
  REQUESTER,
  record,
  requested,
  SHARE,
  started,
  takenOver,
  window72,
} from './testing/index.ts';

const { given } = scenario(share);
const stateAfter = (...events: ShareEvent[]) => fold(share, share.initial, events);
const summaryAfter = (...events: ShareEvent[]): ShareSummary => {
  const state = stateAfter(...events);
  if (state.kind === 'none') throw new Error('There is no share.');
  return state.summary;
};

const LATE = plusMillis(PLACED_UNTIL, 1);

const revoke = (now = NOW, more: Omit<RevokeShare['data'], 'shareId'> = {}) =>
  ask(PROVIDER, 'RevokeShare', more, now);

const byGiver = { kind: 'revoked', account: PROVIDER, shareId: SHARE } as const;
const cascade = { kind: 'cascade', account: 'root', shareId: 'share-0' } as const;

function withdrawn(
  installations: readonly string[],
  from: Partial<WithdrawnFrom>,
  withdrawnAt = NOW,
  cause: Extract<ShareEvent, { type: 'ShareItemsWithdrawn' }>['data']['cause'] = byGiver,
): ShareEvent {
  return {
    type: 'ShareItemsWithdrawn',
    data: {
      shareId: SHARE,
      installations,
      from: { offered: 0, placing: 0, placed: [], ...from },
      cause,
      withdrawnAt,
    },
  };
}
const revoked = (count: number, revokedAt = NOW): ShareEvent => ({
  type: 'ShareRevoked',
  data: { shareId: SHARE, withdrawn: count, revokedAt },
});
const partlyRevoked = (count: number, retained: number, revokedAt = NOW): ShareEvent => ({
  type: 'SharePartlyRevoked',
  data: { shareId: SHARE, withdrawn: count, retained, revokedAt },
});
const placedOnce = (count: number, placedAt = PLACED) => ({ placed: [{ placedAt, count }] });

function refusal(history: readonly ShareEvent[], command: RevokeShare): Refusal {
  try {
    share.decide(command, stateAfter(...history), undefined);
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('It was not refused.');
}

describe('who may revoke, and when', () => {
  it('R-V1 the direct giver only', () => {
    given(...available())
      .when(ask(REQUESTER, 'RevokeShare'))
      .thenRefused('conflict', 'not-the-giver');
    given(...available())
      .when(ask('stranger', 'RevokeShare'))
      .thenRefused('not-found', 'not-found');
  });

  it('R-V3 from approval on', () => {
    given(requested).when(revoke()).thenRefused('conflict', 'share-not-approved');
    given(requested, { type: 'ShareRejected', data: { shareId: SHARE, rejectedAt: NOW } })
      .when(revoke())
      .thenRefused('conflict', 'share-not-approved');
    given(requested, approved()).when(revoke()).then(revoked(0));
    given(requested, approved(), started).when(revoke()).then(revoked(0));
    given(requested, approved(), started, collected([item('i1')], { cursor: 'i1' }))
      .when(revoke())
      .then(withdrawn(['i1'], { offered: 1 }), revoked(1));
  });

  it('R-V1 records the reason where one is given', () => {
    given(...available({ items: ['i1'] }))
      .when(revoke(NOW, { reason: 'Contract ended' }))
      .then(
        {
          type: 'ShareItemsWithdrawn',
          data: {
            shareId: SHARE,
            installations: ['i1'],
            from: { offered: 1, placing: 0, placed: [] },
            cause: { ...byGiver, reason: 'Contract ended' },
            withdrawnAt: NOW,
          },
        },
        {
          type: 'ShareRevoked',
          data: { shareId: SHARE, withdrawn: 1, reason: 'Contract ended', revokedAt: NOW },
        },
      );
    expect(
      summaryAfter(...available({ items: ['i1'] }), {
        type: 'ShareRevoked',
        data: { shareId: SHARE, withdrawn: 1, reason: 'Contract ended', revokedAt: NOW },
      }),
    ).toMatchObject({ reason: 'Contract ended', revokedAt: NOW });
  });

  it('changes nothing the second time', () => {
    const history = [...available(), withdrawn(['i1', 'i2', 'i3'], { offered: 3 }), revoked(3)];
    given(...history)
      .when(revoke())
      .thenNothing();
    given(...history)
      .when(revoke(NOW, { installations: ['i1'] }))
      .thenNothing();
    given(...available(), withdrawn(['i1'], { offered: 1 }), partlyRevoked(1, 0))
      .when(revoke(NOW, { installations: ['i1'] }))
      .thenNothing();
  });
});

describe('the window of 72 hours', () => {
  it('R-V2 is open one millisecond before its end and at its end, and closed one after', () => {
    for (const now of [plusMillis(PLACED_UNTIL, -1), PLACED_UNTIL]) {
      given(...allPlaced())
        .when(revoke(now))
        .then(withdrawn(['i1', 'i2', 'i3'], placedOnce(3), now), revoked(3, now));
    }
    given(...allPlaced())
      .when(revoke(LATE))
      .thenRefused('conflict', 'revocation-window-closed');
  });

  it('R-V2 runs for each installation from the moment it was placed', () => {
    const later = plusMillis(PLACED, 1);
    const history = [
      ...available({ items: ['early', 'late'] }),
      ...takenOver('step-1', PLACED, 'early'),
      ...takenOver('step-2', later, 'late'),
      processed(later),
    ];
    given(...history)
      .when(revoke(PLACED_UNTIL))
      .then(
        withdrawn(
          ['early', 'late'],
          {
            placed: [
              { placedAt: PLACED, count: 1 },
              { placedAt: later, count: 1 },
            ],
          },
          PLACED_UNTIL,
        ),
        revoked(2, PLACED_UNTIL),
      );
    given(...history)
      .when(revoke(LATE))
      .then(withdrawn(['late'], placedOnce(1, later), LATE), partlyRevoked(1, 1, LATE));
    given(...history)
      .when(revoke(plusMillis(LATE, 1)))
      .thenRefused('conflict', 'revocation-window-closed');
  });

  it('R-V2 does not run before an installation is placed', () => {
    const muchLater = plusMillis(LATE, HOURS_72);
    given(...available({ items: ['i1', 'i2'] }), ...confirmed('step-1', 'i2'))
      .when(revoke(muchLater))
      .then(withdrawn(['i1', 'i2'], { offered: 1, placing: 1 }, muchLater), revoked(2, muchLater));
  });

  it('R-V2 may run from approval, and be of another length', () => {
    const terms = {
      ...window72,
      revocation: { kind: 'window', milliseconds: 1000, from: 'granted' },
      approvedAt: PLACED,
    } as const;
    const end = plusMillis(PLACED, 1000);
    const history = allPlaced({ terms, items: ['i1'] }, plusMillis(PLACED, 500));
    given(...history)
      .when(revoke(end))
      .then(withdrawn(['i1'], placedOnce(1, plusMillis(PLACED, 500)), end), revoked(1, end));
    given(...history)
      .when(revoke(plusMillis(end, 1)))
      .thenRefused('conflict', 'revocation-window-closed');
  });

  it('R-V2 there is none for what may be revoked at any time', () => {
    const muchLater = plusMillis(LATE, 100 * HOURS_72);
    given(...allPlaced({ terms: anyTime }))
      .when(revoke(muchLater))
      .then(withdrawn(['i1', 'i2', 'i3'], placedOnce(3), muchLater), revoked(3, muchLater));
  });
});

describe('revoking in part', () => {
  it('R-V3 blocks what is offered, withdraws what may be, retains the rest; R-S9 nothing is on offer any more', () => {
    given(...available(), ...takenOver('step-1', PLACED, 'i1'))
      .when(revoke(LATE))
      .then(withdrawn(['i2', 'i3'], { offered: 2 }, LATE), partlyRevoked(2, 1, LATE), processed(LATE));
  });

  it('R-V3 reports what is retained, why and since when', () => {
    const state = stateAfter(...available(), ...takenOver('step-1', PLACED, 'i1'));
    expect(revocationOutcome(state, undefined, LATE)).toEqual({
      withdrawn: ['i2', 'i3'],
      retained: [{ installationId: 'i1', code: 'revocation-window-closed', since: PLACED_UNTIL }],
    });
  });

  it('R-V3 says partly revoked, and no longer once it is wholly revoked', () => {
    const partly = [...available(), withdrawn(['i1'], { offered: 1 }), partlyRevoked(1, 0)];
    expect(summaryAfter(...partly)).toMatchObject({ status: 'available', partlyRevoked: true });
    const wholly = [...partly, withdrawn(['i2', 'i3'], { offered: 2 }), revoked(2)];
    expect(summaryAfter(...wholly)).toMatchObject({ status: 'revoked', partlyRevoked: false });
  });

  it('R-V1 revokes single installations', () => {
    given(...available())
      .when(revoke(NOW, { installations: ['i2', 'i2'] }))
      .then(withdrawn(['i2'], { offered: 1 }), partlyRevoked(1, 0));
    given(...allPlaced())
      .when(revoke(NOW, { installations: ['i1', 'i3'] }))
      .then(withdrawn(['i1', 'i3'], placedOnce(2)), partlyRevoked(2, 0));
  });

  it('R-V3 withdraws what is left of those that are named, also when some were withdrawn before', () => {
    const partly = [...available(), withdrawn(['i1'], { offered: 1 }), partlyRevoked(1, 0)];
    given(...partly)
      .when(revoke(NOW, { installations: ['i1', 'i2'] }))
      .then(withdrawn(['i2'], { offered: 1 }), partlyRevoked(1, 0));
    given(...partly)
      .when(revoke(NOW, { installations: ['i1'] }))
      .thenNothing();
  });

  it('R-V3 revoking the last installations revokes the share', () => {
    given(...allPlaced())
      .when(revoke(NOW, { installations: ['i1', 'i2', 'i3'] }))
      .then(withdrawn(['i1', 'i2', 'i3'], placedOnce(3)), revoked(3));
  });

  it('R-V3 declined installations are no reason to call a share partly revoked', () => {
    given(...available(), declined('i1', 'i2'))
      .when(revoke())
      .then(withdrawn(['i3'], { offered: 1 }), revoked(1));
  });

  it('R-V3 while the package is collected, more may come: single installations never end the share', () => {
    given(requested, approved(), started, collected([item('i1')], { cursor: 'i1' }))
      .when(revoke(NOW, { installations: ['i1'] }))
      .then(withdrawn(['i1'], { offered: 1 }), partlyRevoked(1, 0));
  });

  it('R-S9 what is being imported ends with its step', () => {
    given(...available(), ...confirmed('step-1', 'i1'), ...takenOver('step-2', PLACED, 'i2'))
      .when(revoke(LATE))
      .then(withdrawn(['i1', 'i3'], { offered: 1, placing: 1 }, LATE), partlyRevoked(2, 1, LATE));
  });

  it('R-V3 names every installation that is not in the share', () => {
    expect(refusal(available(), revoke(NOW, { installations: ['i1', 'i8', 'i9'] }))).toMatchObject({
      kind: 'impossible',
      code: 'item-not-in-share',
      errors: [{ pointer: 'i8' }, { pointer: 'i9' }],
    });
    given(requested, approved())
      .when(revoke(NOW, { installations: ['i1'] }))
      .thenRefused('impossible', 'item-not-in-share');
  });

  it('R-V3 is refused when nothing is revocable', () => {
    expect(refusal(allPlaced(), revoke(LATE))).toMatchObject({
      kind: 'conflict',
      code: 'revocation-window-closed',
    });
    const some = [...available(), ...takenOver('step-1', PLACED, 'i1')];
    expect(refusal(some, revoke(LATE, { installations: ['i1'] }))).toMatchObject({
      code: 'revocation-window-closed',
      errors: [{ pointer: 'i1', detail: `It could be revoked until ${PLACED_UNTIL}.` }],
    });
    const declinedAll = [...available(), declined('i1', 'i2', 'i3'), processed()];
    given(...declinedAll)
      .when(revoke())
      .thenRefused('conflict', 'revocation-window-closed');
    given(...declinedAll)
      .when(revoke(NOW, { installations: ['i9'] }))
      .thenRefused('impossible', 'item-not-in-share');
  });

  it('withdraws 500 per event, each with the counts by former state', () => {
    const items = Array.from({ length: 600 }, (_, index) => `i${index}`);
    const taken = items.slice(0, 550);
    const events = share.decide(
      revoke(),
      stateAfter(...available({ items }), ...takenOver('step-1', PLACED, ...taken)),
      undefined,
    );
    expect(events).toEqual([
      withdrawn(items.slice(0, 500), placedOnce(500)),
      withdrawn(items.slice(500), { offered: 50, ...placedOnce(50) }),
      revoked(600),
    ]);
  });
});

describe('previewing a revocation', () => {
  it('R-V6 is what revoking then does', () => {
    const history = [...available(), ...takenOver('step-1', PLACED, 'i1'), declined('i2')];
    const events = share.decide(revoke(LATE), stateAfter(...history), undefined);
    const { withdrawn: ids, retained } = revocationOutcome(stateAfter(...history), undefined, LATE);
    expect(events).toEqual([
      withdrawn(ids, { offered: 1 }, LATE),
      partlyRevoked(1, retained.length, LATE),
      processed(LATE),
    ]);
  });

  it('R-V6 finds nothing to withdraw where nothing is given, or left', () => {
    const nothing = { withdrawn: [], retained: [] };
    expect(revocationOutcome(stateAfter(), undefined, NOW)).toEqual(nothing);
    expect(revocationOutcome(stateAfter(requested), undefined, NOW)).toEqual(nothing);
    const state = stateAfter(...available(), declined('i1'));
    expect(revocationOutcome(state, ['i1', 'i9'], NOW)).toEqual(nothing);
  });

  it('R-V2 returns until when something may be revoked', () => {
    const later = plusMillis(PLACED, 5000);
    const laterUntil = plusMillis(PLACED_UNTIL, 5000);
    const history = [
      ...available({ items: ['early', 'late'] }),
      ...takenOver('step-1', PLACED, 'early'),
      ...takenOver('step-2', later, 'late'),
      processed(later),
    ];
    const until = (now: string, ...events: ShareEvent[]) => revocableUntil(summaryAfter(...events), now);
    expect(until(NOW, ...history)).toBe(laterUntil);
    expect(until(LATE, ...history)).toBe(laterUntil);
    expect(until(plusMillis(laterUntil, 1), ...history)).toBeUndefined();
    expect(until(NOW, ...allPlaced({ terms: anyTime }))).toBe('any-time');
    expect(until(NOW, requested)).toBeUndefined();
    expect(until(NOW, requested, approved())).toBe('any-time');
    expect(until(LATE, ...available(), ...takenOver('step-1', PLACED, 'i1'))).toBe('any-time');
    expect(
      until(NOW, ...available(), withdrawn(['i1', 'i2', 'i3'], { offered: 3 }), revoked(3)),
    ).toBeUndefined();
  });
});

describe('access that ended for a cause outside the share', () => {
  const ended = (...installations: string[]) =>
    record('RecordWithdrawnItems', { installations, cause: cascade });

  it('R-V4 shows with its cause, whatever the terms', () => {
    const late = record('RecordWithdrawnItems', { installations: ['i1'], cause: cascade }, LATE);
    given(...allPlaced())
      .when(late)
      .then(withdrawn(['i1'], placedOnce(1), LATE, cascade));
  });

  it('R-V4 is no revocation by the giver: the share is not called partly revoked', () => {
    const events = [...allPlaced(), withdrawn(['i1'], placedOnce(1), NOW, cascade)];
    expect(summaryAfter(...events)).toMatchObject({ status: 'processed', partlyRevoked: false });
    expect(itemCounts(summaryAfter(...events))).toEqual({
      total: 3,
      offered: 0,
      placed: 2,
      declined: 0,
      withdrawn: 1,
    });
  });

  it('R-V3 revokes the share once nothing live or offered remains', () => {
    given(...allPlaced())
      .when(ended('i1', 'i2', 'i3'))
      .then(withdrawn(['i1', 'i2', 'i3'], placedOnce(3), NOW, cascade), revoked(3));
    given(...available(), declined('i1', 'i2'))
      .when(ended('i3'))
      .then(withdrawn(['i3'], { offered: 1 }, NOW, cascade), revoked(1));
  });

  it('R-V7 likewise when the holder gives back what it held', () => {
    const returned = { kind: 'returned', account: REQUESTER, shareId: SHARE, reason: 'Moved away' } as const;
    given(...allPlaced({ items: ['i1'] }))
      .when(record('RecordWithdrawnItems', { installations: ['i1'], cause: returned }))
      .then(withdrawn(['i1'], placedOnce(1), NOW, returned), {
        type: 'ShareRevoked',
        data: { shareId: SHARE, withdrawn: 1, reason: 'Moved away', revokedAt: NOW },
      });
  });

  it('R-V4 does not show the reason given for another share', () => {
    const cause = { ...cascade, reason: 'Between us' };
    given(...allPlaced({ items: ['i1'] }))
      .when(record('RecordWithdrawnItems', { installations: ['i1'], cause }))
      .then(withdrawn(['i1'], placedOnce(1), NOW, cause), revoked(1));
    given(...allPlaced({ items: ['i1'] }))
      .when(record('RecordWithdrawnItems', { installations: ['i1'], cause: byGiver }))
      .then(withdrawn(['i1'], placedOnce(1)), revoked(1));
    const own = { ...byGiver, reason: 'Between us' };
    given(...allPlaced({ items: ['i1'] }))
      .when(record('RecordWithdrawnItems', { installations: ['i1'], cause: own }))
      .then(withdrawn(['i1'], placedOnce(1), NOW, own), {
        type: 'ShareRevoked',
        data: { shareId: SHARE, withdrawn: 1, reason: 'Between us', revokedAt: NOW },
      });
  });

  it('R-S9 a share of which nothing is on offer any more is processed', () => {
    given(...available(), ...takenOver('step-1', PLACED, 'i1', 'i2'))
      .when(ended('i3'))
      .then(withdrawn(['i3'], { offered: 1 }, NOW, cascade), processed());
  });

  it('R-P4 what the rules refused when it was to be placed revokes nothing, even if nothing else remains', () => {
    const refused = { kind: 'refused', code: 'already-shared' } as const;
    const refuse = record('RecordWithdrawnItems', { installations: ['i1', 'i2', 'i3'], cause: refused });
    const importing = [...available(), ...confirmed('step-1', 'i1', 'i2', 'i3')];
    const ended = withdrawn(['i1', 'i2', 'i3'], { placing: 3 }, NOW, refused);
    given(...importing)
      .when(refuse)
      .then(ended);
    given(...importing, ended)
      .when(record('CompleteStep', { stepId: 'step-1' }))
      .then(imported('step-1'), processed());
    expect(summaryAfter(...importing, ended)).toMatchObject({ status: 'available', partlyRevoked: false });
  });

  it('R-S7 does not end a share whose package is being collected', () => {
    given(requested, approved(), started, collected([item('i1')], { cursor: 'i1' }))
      .when(ended('i1'))
      .then(withdrawn(['i1'], { offered: 1 }, NOW, cascade));
  });

  it('changes nothing the second time, nor for what is not here or ended already', () => {
    given(...available(), declined('i1'), withdrawn(['i2'], { offered: 1 }, NOW, cascade))
      .when(ended('i1', 'i2', 'i9'))
      .thenNothing();
    given(requested).when(ended('i1')).thenNothing();
    given().when(ended('i1')).thenRefused('not-found', 'not-found');
  });
});
