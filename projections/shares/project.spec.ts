import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '#contracts';
import type { PackageItem, ShareEvent, ShareTerms } from '#domain/share';
import { recorder, Views } from '../testing.ts';
import {
  packageItems,
  packageLeftOut,
  partyShares,
  revocationWindows,
  shareSteps,
  shares,
  sharesProjection,
} from './index.ts';

const terms: ShareTerms = {
  accessType: 'installation-manager',
  documentIdentity: 'performer',
  revocation: { kind: 'window', milliseconds: 72 * 3_600_000, from: 'placed' },
  approvedAt: '2026-03-02T09:00:00.000Z',
};

function item(installationId: string, customer: string, location: string): PackageItem {
  const address = { street: 'Laan 1', city: 'Ede' };
  return {
    installationId,
    token: `T-${installationId}`,
    reference: `R-${installationId}`,
    properties: {},
    customer: { id: customer, name: customer, address },
    location: { id: location, name: location, address },
  };
}

/** A share that `a` asks of `b`, event by event. */
function story(shareId = 's') {
  const record = recorder();
  const recordEvent = (event: ShareEvent, at?: string): Recorded<ShareEvent> =>
    record(`share-${shareId}`, event, at === undefined ? {} : { at });
  const requested = recordEvent(
    {
      type: 'ShareRequested',
      data: {
        shareId,
        connectionId: 'c',
        requester: 'a',
        provider: 'b',
        name: 'Winter round',
        suggestedLevel: 'location',
        requestedAt: '2026-03-01T09:00:00.000Z',
      },
    },
    '2026-03-01T09:00:00.000Z',
  );
  const prepared = [
    recordEvent(
      { type: 'ShareApproved', data: { shareId, level: 'location', selection: ['l'], terms } },
      '2026-03-02T09:00:00.000Z',
    ),
    recordEvent({ type: 'SharePreparationStarted', data: { shareId } }),
    recordEvent({
      type: 'SharePackageBatchCollected',
      data: {
        shareId,
        batch: 0,
        items: [item('i3', 'k2', 'l2'), item('i1', 'k1', 'l1'), item('i2', 'k1', 'l1')],
        leftOut: [{ installationId: 'i9', code: 'archived' }],
        candidates: 4,
      },
    }),
    recordEvent({
      type: 'SharePackageCompleted',
      data: { shareId, items: 3, leftOut: 1, availableAt: '2026-03-02T09:01:00.000Z' },
    }),
  ];
  const processed = [
    recordEvent(
      {
        type: 'ShareProcessingConfirmed',
        data: {
          shareId,
          stepId: 'p',
          referenceStyle: 'original',
          customers: [],
          locations: [],
          installations: 2,
        },
      },
      '2026-03-03T09:00:00.000Z',
    ),
    recordEvent({
      type: 'ShareInstallationsConfirmed',
      data: {
        shareId,
        stepId: 'p',
        batch: 0,
        installations: ['i1', 'i2'].map((installationId) => ({
          installationId,
          target: { followsLocation: true } as const,
        })),
      },
    }),
    recordEvent({ type: 'ShareItemsDeclined', data: { shareId, installations: ['i3'] } }),
    recordEvent({
      type: 'ShareItemsPlaced',
      data: { shareId, stepId: 'p', installations: ['i1'], placedAt: '2026-03-03T09:00:01.000Z' },
    }),
    recordEvent({
      type: 'ShareItemsPlaced',
      data: { shareId, stepId: 'p', installations: ['i2'], placedAt: '2026-03-03T09:00:02.000Z' },
    }),
    recordEvent({ type: 'ShareStepImported', data: { shareId, stepId: 'p' } }, '2026-03-03T09:00:03.000Z'),
    recordEvent(
      { type: 'ShareProcessed', data: { shareId, processedAt: '2026-03-03T09:00:03.000Z' } },
      '2026-03-03T09:00:03.000Z',
    ),
  ];
  return { record, recordEvent, requested, prepared, processed };
}

describe('the shares view', () => {
  it('shows each party its own side of a request (R-S1)', () => {
    const { requested } = story();
    const views = new Views(sharesProjection).apply(requested);
    const common = {
      shareId: 's',
      connectionId: 'c',
      name: 'Winter round',
      requestedAt: '2026-03-01T09:00:00.000Z',
      lastChangedAt: '2026-03-01T09:00:00.000Z',
    };
    expect(views.all(partyShares)).toStrictEqual([
      { id: 's:a', account: 'a', role: 'requester', status: 'requested', counterparty: 'b', ...common },
      { id: 's:b', account: 'b', role: 'provider', status: 'to-evaluate', counterparty: 'a', ...common },
    ]);
  });

  it('follows a share to its end, both sides reading the same', () => {
    const { requested, prepared, processed } = story();
    const views = new Views(sharesProjection).apply(requested, ...prepared, ...processed);
    expect(views.get(shares, 's')).toMatchObject({
      revision: 11,
      lastChangedAt: '2026-03-03T09:00:03.000Z',
      summary: {
        status: 'processed',
        leftOut: 1,
        counts: { total: 3, offered: 0, placing: 0, placed: 2, declined: 1, withdrawn: 0 },
      },
    });
    expect(views.all(partyShares).map(({ status }) => status)).toStrictEqual(['processed', 'processed']);
  });

  it('ends a request that is rejected or cancelled', () => {
    const rejected = story();
    const views = new Views(sharesProjection).apply(
      rejected.requested,
      rejected.recordEvent({
        type: 'ShareRejected',
        data: { shareId: 's', reason: 'Not ours', rejectedAt: '2026-03-02T09:00:00.000Z' },
      }),
    );
    expect(views.all(partyShares).map(({ status }) => status)).toStrictEqual(['rejected', 'rejected']);
    const cancelled = story();
    const others = new Views(sharesProjection).apply(
      cancelled.requested,
      cancelled.recordEvent({
        type: 'ShareCancelled',
        data: { shareId: 's', cause: 'requester', cancelledAt: '2026-03-02T09:00:00.000Z' },
      }),
    );
    expect(others.all(partyShares).map(({ status }) => status)).toStrictEqual(['cancelled', 'cancelled']);
  });

  it('shows the provider until when it may revoke, and which windows close when (R-V2)', () => {
    const { requested, prepared, processed } = story();
    const views = new Views(sharesProjection).apply(requested);
    expect(views.find(partyShares, 'by-revocable-until', ['b', null])).toStrictEqual(['s:b']);
    views.apply(...prepared);
    expect(views.get(partyShares, 's:b')?.revocableUntil).toBe('any-time');
    views.apply(...processed);
    expect(views.get(partyShares, 's:b')?.revocableUntil).toBe('2026-03-06T09:00:02.000Z');
    expect(views.get(partyShares, 's:a')).not.toHaveProperty('revocableUntil');
    const window = { shareId: 's', account: 'b', counterparty: 'a', name: 'Winter round', installations: 1 };
    expect(views.all(revocationWindows)).toStrictEqual([
      { id: 's:2026-03-06T09:00:01.000Z', closesAt: '2026-03-06T09:00:01.000Z', ...window },
      { id: 's:2026-03-06T09:00:02.000Z', closesAt: '2026-03-06T09:00:02.000Z', ...window },
    ]);
  });

  it('holds the package in the order of the tree, and what was left out with its reason', () => {
    const { requested, prepared } = story();
    const views = new Views(sharesProjection).apply(requested, ...prepared);
    expect(views.find(packageItems, 'by-share', ['s'])).toStrictEqual(['s:i1', 's:i2', 's:i3']);
    expect(views.get(packageItems, 's:i3')).toMatchObject({
      shareId: 's',
      item: item('i3', 'k2', 'l2'),
      state: { kind: 'offered' },
    });
    expect(views.all(packageLeftOut)).toMatchObject([
      { id: 's:i9', shareId: 's', installationId: 'i9', code: 'archived' },
    ]);
    expect(views.find(packageLeftOut, 'by-share', ['s', 'archived'])).toStrictEqual(['s:i9']);
  });

  it('shows the status of every item, offered until it is placed', () => {
    const { requested, prepared, processed } = story();
    const [step, confirmed, declined, ...placed] = processed;
    if (!step || !confirmed || !declined) throw new Error('The story is too short.');
    const views = new Views(sharesProjection).apply(requested, ...prepared, step, confirmed, declined);
    expect(views.get(packageItems, 's:i1')?.state).toStrictEqual({ kind: 'confirmed', stepId: 'p' });
    expect(views.find(packageItems, 'by-state', ['s', 'offered'])).toStrictEqual(['s:i1', 's:i2']);
    expect(views.find(packageItems, 'by-state', ['s', 'declined'])).toStrictEqual(['s:i3']);
    views.apply(...placed);
    expect(views.get(packageItems, 's:i1')?.state).toStrictEqual({
      kind: 'placed',
      stepId: 'p',
      placedAt: '2026-03-03T09:00:01.000Z',
    });
  });

  it('shows the progress of a step (R-P1)', () => {
    const { requested, prepared, processed } = story();
    const views = new Views(sharesProjection).apply(requested, ...prepared, ...processed.slice(0, 4));
    expect(views.get(shareSteps, 's:p')).toMatchObject({ status: 'importing', installations: 2, placed: 1 });
    views.apply(...processed.slice(4));
    expect(views.get(shareSteps, 's:p')).toStrictEqual({
      id: 's:p',
      shareId: 's',
      stepId: 'p',
      status: 'imported',
      referenceStyle: 'original',
      installations: 2,
      placed: 2,
      confirmedAt: '2026-03-03T09:00:00.000Z',
      importedAt: '2026-03-03T09:00:03.000Z',
      revision: processed.at(-2)?.revision,
    });
  });

  it('shows withdrawn items with their cause, and a share partly or wholly revoked (R-V3)', () => {
    const { recordEvent, requested, prepared, processed } = story();
    const withdrawnAt = '2026-03-04T09:00:00.000Z';
    const cause = { kind: 'revoked', account: 'b', shareId: 's', reason: 'Contract ended' } as const;
    const withdraw = (installation: string, placedAt: string) =>
      recordEvent({
        type: 'ShareItemsWithdrawn',
        data: {
          shareId: 's',
          installations: [installation],
          from: { offered: 0, placing: 0, placed: [{ placedAt, count: 1 }] },
          cause,
          withdrawnAt,
        },
      });
    const views = new Views(sharesProjection).apply(
      requested,
      ...prepared,
      ...processed,
      withdraw('i1', '2026-03-03T09:00:01.000Z'),
      recordEvent({
        type: 'SharePartlyRevoked',
        data: { shareId: 's', withdrawn: 1, retained: 1, revokedAt: withdrawnAt },
      }),
    );
    expect(views.get(packageItems, 's:i1')?.state).toStrictEqual({
      kind: 'withdrawn',
      cause,
      withdrawnAt,
      placedAt: '2026-03-03T09:00:01.000Z',
    });
    expect(views.get(shares, 's')?.summary).toMatchObject({ status: 'processed', partlyRevoked: true });
    expect(views.all(revocationWindows).map(({ closesAt }) => closesAt)).toStrictEqual([
      '2026-03-06T09:00:02.000Z',
    ]);
    views.apply(
      withdraw('i2', '2026-03-03T09:00:02.000Z'),
      recordEvent({ type: 'ShareRevoked', data: { shareId: 's', withdrawn: 1, revokedAt: withdrawnAt } }),
    );
    expect(views.all(partyShares).map(({ status }) => status)).toStrictEqual(['revoked', 'revoked']);
    expect(views.get(partyShares, 's:b')).not.toHaveProperty('revocableUntil');
    expect(views.all(revocationWindows)).toStrictEqual([]);
  });

  it('lists by each filter, in the order of the last change', () => {
    const first = story('s');
    const second = story('r');
    const views = new Views(sharesProjection).apply(
      second.requested,
      first.requested,
      ...first.prepared.slice(0, 1),
    );
    const find = (index: string, ...prefix: unknown[]) => views.find(partyShares, index, prefix);
    expect(find('by-account', 'b')).toStrictEqual(['r:b', 's:b']);
    expect(find('by-role', 'b', 'provider')).toStrictEqual(['r:b', 's:b']);
    expect(find('by-role', 'b', 'requester')).toStrictEqual([]);
    expect(find('by-status', 'b', 'to-evaluate')).toStrictEqual(['r:b']);
    expect(find('by-role-and-status', 'a', 'requester', 'approved')).toStrictEqual(['s:a']);
    expect(find('by-connection', 'a', 'c')).toStrictEqual(['r:a', 's:a']);
    expect(find('by-counterparty', 'a', 'b')).toStrictEqual(['r:a', 's:a']);
    expect(find('by-revocable-until', 'b', 'any-time')).toStrictEqual(['s:b']);
  });

  it('counts nothing twice when events are delivered again', () => {
    const { requested, prepared, processed } = story();
    const history = [requested, ...prepared, ...processed];
    const views = new Views(sharesProjection).apply(...history);
    const everything = () =>
      [shares, partyShares, revocationWindows, packageItems, packageLeftOut, shareSteps].map((collection) =>
        views.all(collection as never),
      );
    const before = everything();
    views.apply(...history);
    expect(everything()).toStrictEqual(before);
  });

  it('ignores a share whose request is missing, and other events', () => {
    const { record, prepared } = story();
    const views = new Views(sharesProjection).apply(...prepared.slice(0, 2));
    expect(views.all(shares)).toStrictEqual([]);
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    expect(sharesProjection.project(cancelled)).toStrictEqual([]);
  });
});
