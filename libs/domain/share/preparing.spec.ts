import { describe, expect, it } from '@jest/globals';
import { fold, ITEMS_PER_EVENT } from '#domain/kernel';
import { scenario } from '#domain/kernel/testing';
import { nextPreparationAction, progressFor, progressOf, type ShareEvent, share } from './index.ts';
import {
  allPlaced,
  approved,
  available,
  collected,
  item,
  NOW,
  PROVIDER,
  processed,
  REQUESTER,
  record,
  requested,
  SHARE,
  started,
  window72,
} from './testing/index.ts';

const { given } = scenario(share);
const stateAfter = (...events: ShareEvent[]) => fold(share, share.initial, events);

const revoked: ShareEvent = {
  type: 'ShareRevoked',
  data: { shareId: SHARE, withdrawn: 0, revokedAt: NOW },
};
const batch = (number: number, ids: readonly string[], more: object = {}) =>
  record('CollectPackageBatch', {
    batch: number,
    items: ids.map((id) => item(id)),
    leftOut: [],
    candidates: 3,
    ...more,
  });

describe('starting to prepare', () => {
  const start = record('StartPreparation');

  it('R-S7 follows approval', () => {
    given(requested, approved()).when(start).then(started);
    given(requested).when(start).thenRefused('conflict', 'share-not-approved');
    given().when(start).thenRefused('not-found', 'not-found');
  });

  it('changes nothing the second time, nor once the share is revoked', () => {
    given(requested, approved(), started).when(start).thenNothing();
    given(...available())
      .when(start)
      .thenNothing();
    given(requested, approved(), revoked).when(start).thenNothing();
  });
});

describe('collecting the package', () => {
  const preparing = [requested, approved(), started];
  const first = collected([item('i1'), item('i2')], { cursor: 'i2' });

  it('R-S7 accepts one batch after the other', () => {
    given(...preparing)
      .when(batch(0, ['i1', 'i2'], { cursor: 'i2', candidates: 2 }))
      .then(first);
    given(...preparing, first)
      .when(batch(1, ['i3'], { candidates: 1 }))
      .then(collected([item('i3')], { batch: 1 }));
  });

  it('R-S7 ignores a batch that is recorded already, and refuses one that is too early', () => {
    given(...preparing, first)
      .when(batch(0, ['i1', 'i2'], { cursor: 'i2' }))
      .thenNothing();
    given(...preparing, first)
      .when(batch(2, ['i9']))
      .thenRefused('conflict', 'batch-out-of-order');
    given(...preparing, collected([item('i1')]))
      .when(batch(1, ['i9']))
      .thenRefused('conflict', 'batch-out-of-order');
  });

  it('R-S7 waits for the start, and ends with completion or revocation', () => {
    given(requested)
      .when(batch(0, ['i1']))
      .thenRefused('conflict', 'share-not-preparing');
    given(requested, approved())
      .when(batch(0, ['i1']))
      .thenRefused('conflict', 'share-not-preparing');
    given(...available())
      .when(batch(1, ['i9']))
      .thenRefused('conflict', 'share-not-preparing');
    given(...preparing, revoked)
      .when(batch(0, ['i1']))
      .thenNothing();
  });

  it('R-S7 keeps the first frozen copy of an installation that is met twice', () => {
    given(...preparing, first)
      .when(batch(1, ['i2', 'i3', 'i3'], { candidates: 1 }))
      .then(collected([item('i3')], { batch: 1 }));
    const leftOut = ['i1', 'i3', 'i4'].map(
      (installationId) => ({ installationId, code: 'archived' }) as const,
    );
    given(...preparing, first)
      .when(batch(1, ['i3'], { leftOut, candidates: 1 }))
      .then(collected([item('i3')], { batch: 1, leftOut: leftOut.slice(2) }));
  });

  it('accepts at most 500 items per batch', () => {
    const ids = Array.from({ length: ITEMS_PER_EVENT + 1 }, (_, index) => `i${index}`);
    given(...preparing)
      .when(batch(0, ids))
      .thenRefused('impossible', 'batch-too-large');
    const leftOut = ids.map((id) => ({ installationId: `out-${id}`, code: 'archived' as const }));
    given(...preparing)
      .when(batch(0, [], { leftOut }))
      .thenRefused('impossible', 'batch-too-large');
    const full = ids.slice(1).map((id) => item(id));
    given(...preparing)
      .when(batch(0, ids.slice(1), { leftOut: leftOut.slice(1) }))
      .then(collected(full, { leftOut: leftOut.slice(1), candidates: 3 }));
  });

  it('R-T1, R-T2, R-T3 records no more of the tree than the level allows to copy', () => {
    const building = { id: 'building-a', name: 'Hall' };
    const whole = { ...item('i1', 'customer'), building };
    const collect = record('CollectPackageBatch', { batch: 0, items: [whole], leftOut: [], candidates: 1 });
    given(requested, approved(window72, 'installation'), started)
      .when(collect)
      .then(collected([item('i1')]));
    given(requested, approved(window72, 'location'), started)
      .when(collect)
      .then(collected([{ ...item('i1', 'location'), building }]));
    given(requested, approved(window72, 'customer'), started)
      .when(collect)
      .then(collected([whole]));
  });

  it('R-T2, R-T3 copies name and address and no more: not a location’s region, nor what customers have beside them', () => {
    const whole = item('i1', 'customer');
    if (whole.customer === undefined || whole.location === undefined) throw new Error('There is no tree.');
    const overfull = {
      ...whole,
      customer: { ...whole.customer, contact: 'Ann', internalName: 'K-1' },
      location: { ...whole.location, region: 'NL-GR' },
      building: { id: 'building-a', name: 'Hall', floors: 2 },
    };
    const asked = { batch: 0, items: [overfull], leftOut: [], candidates: 1 };
    given(requested, approved(window72, 'customer'), started)
      .when(record('CollectPackageBatch', asked))
      .then(collected([{ ...whole, building: { id: 'building-a', name: 'Hall' } }]));
  });
});

describe('completing the package', () => {
  const complete = record('CompletePackage');
  const availableNow = (items: number): ShareEvent => ({
    type: 'SharePackageCompleted',
    data: { shareId: SHARE, items, leftOut: 0, availableAt: NOW },
  });

  it('R-S8 makes the share available once its last batch is recorded', () => {
    given(requested, approved(), started, collected([item('i1')]))
      .when(complete)
      .then(availableNow(1));
    given(requested, approved(), started, collected([item('i1')], { cursor: 'i1' }))
      .when(complete)
      .thenRefused('conflict', 'package-incomplete');
    given(requested, approved(), started).when(complete).thenRefused('conflict', 'package-incomplete');
    given(requested, approved()).when(complete).thenRefused('conflict', 'share-not-preparing');
    given(requested).when(complete).thenRefused('conflict', 'share-not-preparing');
  });

  it('R-S9 a package with nothing in it is processed at once', () => {
    given(requested, approved(), started, collected([])).when(complete).then(availableNow(0), processed());
  });

  it('R-V3 a package all of which was withdrawn by then is revoked', () => {
    const withdrawn: ShareEvent = {
      type: 'ShareItemsWithdrawn',
      data: {
        shareId: SHARE,
        installations: ['i1'],
        from: { offered: 1, placing: 0, placed: [] },
        cause: { kind: 'cascade', account: 'root', shareId: 'share-0' },
        withdrawnAt: NOW,
      },
    };
    given(requested, approved(), started, collected([item('i1')]), withdrawn)
      .when(complete)
      .then(availableNow(1), {
        type: 'ShareRevoked',
        data: { shareId: SHARE, withdrawn: 1, revokedAt: NOW },
      });
  });

  it('changes nothing the second time, nor once the share is revoked', () => {
    given(...available())
      .when(complete)
      .thenNothing();
    given(requested, approved(), started, revoked).when(complete).thenNothing();
  });
});

describe('the next action of preparing', () => {
  it('R-S7 follows from what is recorded', () => {
    expect(nextPreparationAction(stateAfter())).toEqual({ kind: 'none' });
    expect(nextPreparationAction(stateAfter(requested))).toEqual({ kind: 'none' });
    expect(nextPreparationAction(stateAfter(requested, approved()))).toEqual({ kind: 'start' });
    expect(nextPreparationAction(stateAfter(requested, approved(), started))).toEqual({
      kind: 'collect',
      batch: 0,
    });
    const first = collected([item('i1')], { cursor: 'i1' });
    expect(nextPreparationAction(stateAfter(requested, approved(), started, first))).toEqual({
      kind: 'collect',
      batch: 1,
      cursor: 'i1',
    });
    const last = collected([item('i2')], { batch: 1 });
    expect(nextPreparationAction(stateAfter(requested, approved(), started, first, last))).toEqual({
      kind: 'complete',
    });
    expect(nextPreparationAction(stateAfter(...available()))).toEqual({ kind: 'none' });
    expect(nextPreparationAction(stateAfter(requested, approved(), started, first, revoked))).toEqual({
      kind: 'none',
    });
  });

  it('R-S7 progress counts what was looked at, left out or not', () => {
    const leftOut = [{ installationId: 'i2', code: 'already-shared' }] as const;
    const first: ShareEvent = {
      type: 'SharePackageBatchCollected',
      data: { shareId: SHARE, batch: 0, items: [item('i1')], leftOut, cursor: 'i2', candidates: 5 },
    };
    const states = [[requested, approved(), started], [requested, approved(), started, first], available()];
    expect(
      states.map((events) => {
        const state = stateAfter(...events);
        return state.kind === 'none' ? undefined : progressOf(state.summary);
      }),
    ).toEqual([{ phase: 'preparing', done: 0, of: 0 }, { phase: 'preparing', done: 2, of: 5 }, undefined]);
  });

  it('R-A2 the requester reads in per cent, and learns nothing of what was left out', () => {
    const leftOut = [{ installationId: 'i2', code: 'already-shared' }] as const;
    const first: ShareEvent = {
      type: 'SharePackageBatchCollected',
      data: { shareId: SHARE, batch: 0, items: [item('i1')], leftOut, cursor: 'i2', candidates: 6 },
    };
    const read = (...events: ShareEvent[]) => {
      const state = stateAfter(requested, approved(), started, ...events);
      if (state.kind === 'none') throw new Error('There is no share.');
      const { summary } = state;
      return [PROVIDER, REQUESTER].map((account) => progressFor(summary, account));
    };
    expect(read(first)).toEqual([
      { phase: 'preparing', done: 2, of: 6 },
      { phase: 'preparing', done: 33, of: 100 },
    ]);
    expect(read()).toEqual([
      { phase: 'preparing', done: 0, of: 0 },
      { phase: 'preparing', done: 0, of: 100 },
    ]);
  });
});

describe('what is shared', () => {
  it('R-S7 stays as it was frozen: nothing joins an available or processed share', () => {
    for (const history of [available(), allPlaced()]) {
      given(...history)
        .when(batch(1, ['i9']))
        .thenRefused('conflict', 'share-not-preparing');
    }
  });
});
