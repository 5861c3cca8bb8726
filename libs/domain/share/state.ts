import type { Instant, PersistentMap } from '#domain/kernel';
import type {
  CustomerTarget,
  ItemWithdrawalCause,
  LocationTarget,
  ShareTerms,
  TransferLevel,
} from './events.ts';
import type { ShareSummary } from './summary.ts';

/** The status of one installation of the package. The parties read `confirmed` as offered until it is placed. */
export type ItemState =
  | { readonly status: 'offered' }
  | { readonly status: 'confirmed'; readonly stepId: string }
  | { readonly status: 'placed'; readonly placedAt: Instant }
  | { readonly status: 'declined' }
  | { readonly status: 'withdrawn'; readonly cause: ItemWithdrawalCause; readonly at: Instant };

/** The tree of the package's items, as far as its level shows it. Ids only: the contents stay in the events. */
export interface PackageTree {
  readonly customers: PersistentMap<string, true>;
  /** Each location, with its customer. */
  readonly locations: PersistentMap<string, string | undefined>;
  /** Each item's location. */
  readonly locationOf: PersistentMap<string, string>;
}

/** The targets of the package's customers and locations, by all steps confirmed so far. */
export interface ConfirmedTargets {
  readonly customers: PersistentMap<string, CustomerTarget>;
  readonly locations: PersistentMap<string, LocationTarget>;
}

/** The share's items. The rules on the share as a whole need only its summary. */
export interface ShareContents {
  readonly selection: readonly string[];
  /** How far the package is collected; `cursor` is where the next batch begins. */
  readonly collection: { readonly batches: number; readonly cursor?: string };
  readonly items: PersistentMap<string, ItemState>;
  readonly tree: PackageTree;
  readonly targets: ConfirmedTargets;
  /** The steps confirmed so far. Where each installation goes is in the step's events. */
  readonly steps: PersistentMap<string, 'importing' | 'imported'>;
}

interface NoShare {
  readonly kind: 'none';
}

/** A share that was not approved: it awaits its evaluation, or has ended. */
interface UnapprovedShare {
  readonly kind: 'unapproved';
  readonly summary: ShareSummary;
}

/** An approved share, whatever followed. */
export interface ApprovedShare {
  readonly kind: 'approved';
  readonly summary: ShareSummary & { readonly level: TransferLevel; readonly terms: ShareTerms };
  readonly contents: ShareContents;
}

/** One request to exchange one set of data over one connection. Its status is in its summary. */
export type ShareState = NoShare | UnapprovedShare | ApprovedShare;

/** A share that exists. */
export type ExistingShare = Exclude<ShareState, NoShare>;

/** Whether it was approved once, whatever followed. */
export function wasApproved(state: ShareState): state is ApprovedShare {
  return state.kind === 'approved';
}

/** The share, for callers that have checked that it was approved. */
export function requireApproved(state: ShareState): ApprovedShare {
  if (!wasApproved(state)) throw new Error('This share was not approved.');
  return state;
}
