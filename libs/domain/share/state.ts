import type { WithdrawalCause } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { CustomerTarget, LocationTarget, ShareTerms, TransferLevel } from './events.ts';
import type { ShareStatus, ShareSummary } from './summary.ts';

/** What became of one installation of the package. Outside, `confirmed` reads as offered until it is placed. */
export type ItemState =
  | { readonly status: 'offered' }
  | { readonly status: 'confirmed'; readonly stepId: string }
  | { readonly status: 'placed'; readonly placedAt: Instant }
  | { readonly status: 'declined' }
  | { readonly status: 'withdrawn'; readonly cause: Omit<WithdrawalCause, 'grantId'>; readonly at: Instant };

/** Where the package's items stand, as far as its level tells. Ids only: the contents stay in the events. */
export interface PackageTree {
  readonly customers: ReadonlySet<string>;
  /** Each location, with its customer. */
  readonly locations: ReadonlyMap<string, string | undefined>;
  /** Each item's location. */
  readonly locationOf: ReadonlyMap<string, string>;
}

/** What becomes of the package's customers and locations, by all steps confirmed so far. */
export interface ConfirmedTargets {
  readonly customers: ReadonlyMap<string, CustomerTarget>;
  readonly locations: ReadonlyMap<string, LocationTarget>;
}

interface NoShare {
  readonly status: 'none';
}

/** Nothing was given: it awaits its evaluation, or ended without an approval. */
interface AskedShare {
  readonly status: Extract<ShareStatus, 'requested' | 'rejected' | 'cancelled'>;
  readonly summary: ShareSummary;
}

/** Approved, and whatever followed. */
export interface GivenShare {
  readonly status: Exclude<ShareStatus, AskedShare['status']>;
  readonly summary: ShareSummary;
  readonly level: TransferLevel;
  readonly terms: ShareTerms;
  readonly selection: readonly string[];
  /** How far the package is collected; `cursor` is where the next batch begins. */
  readonly collection: { readonly batches: number; readonly cursor?: string };
  readonly items: ReadonlyMap<string, ItemState>;
  readonly tree: PackageTree;
  readonly targets: ConfirmedTargets;
  /** The steps confirmed so far. Where each installation goes is in the step's events. */
  readonly steps: ReadonlyMap<string, 'importing' | 'imported'>;
}

/** One request to exchange one set of data over one connection. */
export type ShareState = NoShare | AskedShare | GivenShare;

/** A share there is. */
export type ExistingShare = Exclude<ShareState, NoShare>;

/** Whether it was approved once, whatever followed. */
export function isGiven(state: ShareState): state is GivenShare {
  return !['none', 'requested', 'rejected', 'cancelled'].includes(state.status);
}
