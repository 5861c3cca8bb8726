import { type Instant, unreachable } from '#domain/kernel';
import type {
  PlacedCount,
  ShareEvent,
  ShareExpiryAnnounced,
  ShareRequested,
  ShareTerms,
  TransferLevel,
} from './events.ts';

export type ShareStatus =
  | 'requested'
  | 'rejected'
  | 'cancelled'
  | 'approved'
  | 'preparing'
  | 'available'
  | 'processed'
  | 'revoked'
  | 'expired';

/** How many items are in which state; `placing` ones are confirmed and not placed yet. */
export interface ItemCounts {
  readonly total: number;
  readonly offered: number;
  readonly placing: number;
  readonly placed: number;
  readonly declined: number;
  readonly withdrawn: number;
}

/**
 * A share without its items: small, plain and serialisable, so that views keep it as it is.
 * Every rule on what a party may do now needs only this.
 */
export interface ShareSummary {
  readonly shareId: string;
  readonly connectionId: string;
  readonly requester: string;
  readonly provider: string;
  readonly name: string;
  readonly explanation?: string;
  readonly suggestedLevel: TransferLevel;
  readonly level?: TransferLevel;
  readonly terms?: ShareTerms;
  readonly status: ShareStatus;
  /** Its giver revoked a part of it. Access that ended for other causes shows only in the counts. */
  readonly partlyRevoked: boolean;
  /** Why it was rejected or revoked, where a reason was given. */
  readonly reason?: string;
  readonly requestedAt: Instant;
  /** Approved or rejected. */
  readonly evaluatedAt?: Instant;
  readonly cancelledAt?: Instant;
  readonly availableAt?: Instant;
  readonly processedAt?: Instant;
  /** The last revocation, of the whole or of a part. */
  readonly revokedAt?: Instant;
  /** When it ends by itself, as approved or as extended since; absent where it has no end (R-E1). */
  readonly expiresAt?: Instant;
  /** When it was extended last. */
  readonly extendedAt?: Instant;
  /** The last notice to its parties that its end is near. */
  readonly announced?: Pick<ShareExpiryAnnounced['data'], 'until' | 'daysBefore'>;
  readonly expiredAt?: Instant;
  readonly counts: ItemCounts;
  /** The items live now, by the moment they were placed. */
  readonly placements: readonly PlacedCount[];
  /** How many installations of the selection are not in the package. */
  readonly leftOut: number;
  /** How many of the candidates were examined. */
  readonly preparation?: { readonly collected: number; readonly candidates: number };
  /** `installations` are those of all steps confirmed since there was last no step to import. */
  readonly steps: { readonly confirmed: number; readonly done: number; readonly installations: number };
}

/** The summary after one more event; `undefined` before the first. Never mutates it. */
export function evolveSummary(summary: ShareSummary | undefined, event: ShareEvent): ShareSummary {
  if (event.type === 'ShareRequested') return requested(event);
  if (summary === undefined) throw new Error(`A share begins with ShareRequested, not with ${event.type}.`);
  const { counts } = summary;

  switch (event.type) {
    case 'ShareRejected': {
      const { reason, rejectedAt } = event.data;
      return {
        ...summary,
        ...(reason !== undefined && { reason }),
        status: 'rejected',
        evaluatedAt: rejectedAt,
      };
    }
    case 'ShareCancelled':
      return { ...summary, status: 'cancelled', cancelledAt: event.data.cancelledAt };
    case 'ShareApproved': {
      const { level, terms } = event.data;
      const { approvedAt: evaluatedAt, until } = terms;
      const end = until !== undefined && { expiresAt: until };
      return { ...summary, status: 'approved', level, terms, evaluatedAt, ...end };
    }
    case 'SharePreparationStarted':
      return { ...summary, status: 'preparing' };
    case 'SharePackageBatchCollected': {
      const { items, leftOut, candidates } = event.data;
      const collected = (summary.preparation?.collected ?? 0) + items.length + leftOut.length;
      return {
        ...summary,
        counts: { ...counts, total: counts.total + items.length, offered: counts.offered + items.length },
        leftOut: summary.leftOut + leftOut.length,
        preparation: { collected, candidates },
      };
    }
    case 'SharePackageCompleted':
      return { ...summary, status: 'available', availableAt: event.data.availableAt };
    case 'ShareProcessingConfirmed': {
      const { confirmed, done, installations } = summary.steps;
      const underWay = confirmed === done ? 0 : installations;
      return {
        ...summary,
        steps: { confirmed: confirmed + 1, done, installations: underWay + event.data.installations },
      };
    }
    case 'ShareInstallationsConfirmed': {
      const count = event.data.installations.length;
      return {
        ...summary,
        counts: { ...counts, offered: counts.offered - count, placing: counts.placing + count },
      };
    }
    case 'ShareItemsDeclined': {
      const count = event.data.installations.length;
      return {
        ...summary,
        counts: { ...counts, offered: counts.offered - count, declined: counts.declined + count },
      };
    }
    case 'ShareItemsPlaced': {
      const count = event.data.installations.length;
      return {
        ...summary,
        counts: { ...counts, placing: counts.placing - count, placed: counts.placed + count },
        placements: adjusted(summary.placements, event.data.placedAt, count),
      };
    }
    case 'ShareStepImported':
      return { ...summary, steps: { ...summary.steps, done: summary.steps.done + 1 } };
    case 'ShareProcessed':
      return { ...summary, status: 'processed', processedAt: event.data.processedAt };
    case 'ShareItemsWithdrawn': {
      const { from, installations, cause, withdrawnAt, shareId } = event.data;
      const hasExpired = cause.kind === 'expired' && cause.shareId === shareId;
      return {
        ...summary,
        // The share counts as processed from here on, although the next event records that.
        ...(hasExpired && { expiredAt: withdrawnAt }),
        counts: {
          ...counts,
          offered: counts.offered - from.offered,
          placing: counts.placing - from.placing,
          placed: from.placed.reduce((left, { count }) => left - count, counts.placed),
          withdrawn: counts.withdrawn + installations.length,
        },
        placements: from.placed.reduce(
          (placements, { placedAt, count }) => adjusted(placements, placedAt, -count),
          summary.placements,
        ),
      };
    }
    case 'SharePartlyRevoked':
      return { ...summary, ...revocation(event.data), partlyRevoked: true };
    case 'ShareRevoked':
      return { ...summary, ...revocation(event.data), status: 'revoked', partlyRevoked: false };
    case 'ShareExtended': {
      const { until: expiresAt, extendedAt } = event.data;
      return { ...summary, expiresAt, extendedAt };
    }
    case 'ShareExpiryAnnounced': {
      const { until, daysBefore } = event.data;
      return { ...summary, announced: { until, daysBefore } };
    }
    case 'ShareExpired':
      return { ...summary, status: 'expired', expiredAt: event.data.expiredAt };
    default:
      return unreachable(event);
  }
}

function requested({ data }: ShareRequested): ShareSummary {
  return {
    ...data,
    status: 'requested',
    partlyRevoked: false,
    counts: { total: 0, offered: 0, placing: 0, placed: 0, declined: 0, withdrawn: 0 },
    placements: [],
    leftOut: 0,
    steps: { confirmed: 0, done: 0, installations: 0 },
  };
}

function revocation({ reason, revokedAt }: { readonly reason?: string; readonly revokedAt: Instant }) {
  return { ...(reason !== undefined && { reason }), revokedAt };
}

function adjusted(placements: readonly PlacedCount[], placedAt: Instant, by: number): readonly PlacedCount[] {
  const before = placements.find((placement) => placement.placedAt === placedAt)?.count ?? 0;
  const others = placements.filter((placement) => placement.placedAt !== placedAt);
  return before + by === 0 ? others : [...others, { placedAt, count: before + by }];
}
