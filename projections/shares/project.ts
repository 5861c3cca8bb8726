// Each share's status, as each of its parties reads it, the contents of its package, and the status of every item.
import type { Recorded } from '#contracts';
import { revocableUntil as placementRevocableUntil } from '#domain/installation';
import {
  evolveSummary,
  hasEndAhead,
  revocableUntil,
  type ShareEvent,
  type ShareSummary,
  statusFor,
} from '#domain/share';
import type { Addend, Change } from '#subscriptions';
import { defineProjection, onEach } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type ConnectionShareCounts,
  connectionShareCounts,
  connectionSharesId,
  type PackageItemState,
  type PartyShare,
  packageItemId,
  packageItems,
  packageLeftOut,
  partyShareId,
  partyShares,
  type RevocationWindowRow,
  revocationWindows,
  type ShareCounts,
  type ShareDocument,
  type ShareStepDocument,
  shareCountName,
  shareCounts,
  shareStepId,
  shareSteps,
  shares,
} from './document.ts';

export const sharesProjection = defineProjection({
  name: 'shares',
  version: 8,
  collections: [
    shares,
    partyShares,
    shareCounts,
    connectionShareCounts,
    revocationWindows,
    packageItems,
    packageLeftOut,
    shareSteps,
  ],
  on: {
    ShareRequested: (event) => [
      upsert(shares, event.data.shareId, event, () => summarised(undefined, event)),
    ],
    ...onEach(
      [
        'ShareRejected',
        'ShareCancelled',
        'ShareApproved',
        'SharePreparationStarted',
        'SharePackageCompleted',
        'ShareProcessed',
        'SharePartlyRevoked',
        'ShareRevoked',
        'ShareExtended',
        'ShareExpiryAnnounced',
        'ShareExpired',
      ],
      (event) => [summarise(event)],
    ),
    SharePackageBatchCollected: (event) => {
      const { shareId, items, leftOut } = event.data;
      return [
        summarise(event),
        ...items.map((item) => {
          const id = packageItemId(shareId, item.installationId);
          return upsert(packageItems, id, event, () => ({
            id,
            shareId,
            item,
            state: { kind: 'offered' } as const,
          }));
        }),
        ...leftOut.map(({ installationId, code }) => {
          const id = packageItemId(shareId, installationId);
          return upsert(packageLeftOut, id, event, () => ({ id, shareId, installationId, code }));
        }),
      ];
    },
    ShareProcessingConfirmed: (event) => {
      const { shareId, stepId, referenceStyle, installations } = event.data;
      const id = shareStepId(shareId, stepId);
      return [
        summarise(event),
        upsert(shareSteps, id, event, () => ({
          id,
          shareId,
          stepId,
          status: 'importing' as const,
          referenceStyle,
          installations,
          placed: 0,
          confirmedAt: event.metadata.at,
        })),
      ];
    },
    ShareInstallationsConfirmed: (event) => {
      const { stepId, installations } = event.data;
      const ids = installations.map(({ installationId }) => installationId);
      return [summarise(event), ...settle(event, ids, () => ({ kind: 'confirmed', stepId }))];
    },
    ShareItemsDeclined: (event) => [
      summarise(event),
      ...settle(event, event.data.installations, () => ({ kind: 'declined' })),
    ],
    ShareItemsPlaced: (event) => {
      const { stepId, installations, placedAt } = event.data;
      return [
        summarise(event),
        ...settle(event, installations, () => ({ kind: 'placed', stepId, placedAt })),
        advance(event, (step) => ({ ...step, placed: step.placed + installations.length })),
      ];
    },
    ShareStepImported: (event) => [
      summarise(event),
      advance(event, (step) => ({ ...step, status: 'imported', importedAt: event.metadata.at })),
    ],
    ShareItemsWithdrawn: (event) => {
      const { installations, cause, withdrawnAt } = event.data;
      return [
        summarise(event),
        ...settle(event, installations, (state) => ({
          kind: 'withdrawn',
          cause,
          withdrawnAt,
          ...(state.kind === 'placed' && { placedAt: state.placedAt }),
        })),
      ];
    },
  },
  derive: [
    { from: shares, to: partyShares, rows: partyRows },
    { from: shares, to: revocationWindows, rows: windowRows },
  ],
  tally: [
    { from: partyShares, to: shareCounts, addends: countsOf },
    { from: partyShares, to: connectionShareCounts, addends: connectionCountsOf },
  ],
});

function summarise(event: Recorded<ShareEvent>): Change {
  return update(shares, event.data.shareId, event, ({ summary }) => summarised(summary, event));
}

function summarised(
  summary: ShareSummary | undefined,
  event: Recorded<ShareEvent>,
): Omit<ShareDocument, 'revision'> {
  return {
    id: event.data.shareId,
    summary: evolveSummary(summary, event),
    lastChangedAt: event.metadata.at,
  };
}

function settle(
  event: Recorded<ShareEvent>,
  installations: readonly string[],
  next: (state: PackageItemState) => PackageItemState,
): Change[] {
  return installations.map((installationId) =>
    update(packageItems, packageItemId(event.data.shareId, installationId), event, (document) => ({
      ...document,
      state: next(document.state),
    })),
  );
}

function advance(
  event: Recorded<Extract<ShareEvent, { data: { stepId: string } }>>,
  next: (step: ShareStepDocument) => ShareStepDocument,
): Change {
  return update(shareSteps, shareStepId(event.data.shareId, event.data.stepId), event, next);
}

function partyRows({ id, summary, lastChangedAt }: ShareDocument): PartyShare[] {
  const { requester, provider, connectionId, name, requestedAt } = summary;
  // Windows are computed as of the request; whether one has closed since, a query decides by the clock.
  const until = revocableUntil(summary, requestedAt);
  return [requester, provider].map((account) => ({
    id: partyShareId(id, account),
    shareId: id,
    account,
    role: account === requester ? 'requester' : 'provider',
    status: statusFor(summary, account),
    connectionId,
    counterparty: account === requester ? provider : requester,
    name,
    requestedAt,
    lastChangedAt,
    ...(account === provider && until !== undefined && { revocableUntil: until }),
    ...(hasEndAhead(summary) && { expiresAt: summary.expiresAt }),
  }));
}

function countsOf(row: PartyShare): Addend<ShareCounts>[] {
  return [{ of: { id: row.account }, amounts: { [shareCountName(row)]: 1 } }];
}

function connectionCountsOf({ connectionId, account, role }: PartyShare): Addend<ConnectionShareCounts>[] {
  return [{ of: { id: connectionSharesId(connectionId, account) }, amounts: { [role]: 1 } }];
}

function windowRows({ id, summary }: ShareDocument): RevocationWindowRow[] {
  const { terms, placements, provider, requester, name } = summary;
  if (terms === undefined) return [];
  const installations = new Map<string, number>();
  for (const { placedAt, count } of placements) {
    const closesAt = placementRevocableUntil(terms, placedAt);
    if (closesAt !== 'any-time') installations.set(closesAt, (installations.get(closesAt) ?? 0) + count);
  }
  return [...installations].map(([closesAt, count]) => ({
    id: `${id}:${closesAt}`,
    shareId: id,
    account: provider,
    counterparty: requester,
    name,
    closesAt,
    installations: count,
  }));
}
