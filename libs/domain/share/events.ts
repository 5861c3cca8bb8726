import type { Address } from '#domain/catalogue';
import type {
  AccessType,
  DocumentIdentity,
  GrantRefusal,
  InstallationProperties,
  LeftOutCode,
  RevocationTerms,
  WithdrawalCause,
} from '#domain/installation';
import type { DomainEvent, Instant } from '#domain/kernel';

export type { LeftOutCode };

/** What kind of thing is selected, and how much of the tree around the installations may be copied. */
export type TransferLevel = 'customer' | 'location' | 'installation';

/** The terms that are fixed for this share at approval (R-S6). */
export interface ShareTerms {
  readonly accessType: AccessType;
  readonly documentIdentity: DocumentIdentity;
  readonly revocation: RevocationTerms;
  readonly approvedAt: Instant;
  /** The moment at which access was agreed to end; absent where it has no end (R-E1). A later one: `ShareExtended`. */
  readonly until?: Instant;
}

/** As much of the provider's customer as may be copied (R-T3). */
export interface PackagedCustomer {
  readonly id: string;
  readonly name: string;
  readonly vatNumber?: string;
  readonly address: Address;
}

/** As much of the provider's location as may be copied (R-T2). */
export interface PackagedLocation {
  readonly id: string;
  readonly name: string;
  readonly address: Address;
  /** Only in packages of former releases: it is not part of what may be copied. */
  readonly region?: string;
}

export interface PackagedBuilding {
  readonly id: string;
  readonly name: string;
  readonly address?: Address;
}

/** One installation as frozen in the package, with only what its level lets be seen (R-T1 to R-T3). */
export interface PackageItem {
  readonly installationId: string;
  readonly token: string;
  readonly reference: string;
  readonly customerReference?: string;
  readonly properties: Omit<InstallationProperties, 'notes' | 'components'>;
  readonly customer?: PackagedCustomer;
  readonly location?: PackagedLocation;
  readonly building?: PackagedBuilding;
}

export interface LeftOut {
  readonly installationId: string;
  readonly code: LeftOutCode;
}

/** The requester's target for a customer of the package (R-P2). Ids of what is created come with the command. */
export type CustomerTarget = { readonly create: string } | { readonly customerId: string };

/** `create` is the new location's id; under `customerId`, or else under the customer its own customer became. */
export type LocationTarget =
  | { readonly create: string; readonly customerId?: string }
  | { readonly locationId: string };

export type InstallationTarget =
  | { readonly buildingId: string }
  | { readonly locationId: string }
  | { readonly newBuilding: { readonly id: string; readonly name: string; readonly locationId: string } }
  | { readonly followsLocation: true };

/** `original`: the provider's reference is the main one; `customer`: the customer reference is, where there is one (R-P3). */
export type ReferenceStyle = 'original' | 'customer';

export interface ConfirmedCustomer {
  readonly source: string;
  readonly target: CustomerTarget;
}
export interface ConfirmedLocation {
  readonly source: string;
  readonly target: LocationTarget;
}
export interface ConfirmedInstallation {
  readonly installationId: string;
  readonly target: InstallationTarget;
  /** Overrides the reference that the reference style determines. */
  readonly reference?: string;
  /** The requester's own record of the same machine, archived when this one is placed; else it keeps both (R-P2). */
  readonly replaces?: string;
}

export type ShareRequested = DomainEvent<
  'ShareRequested',
  {
    shareId: string;
    connectionId: string;
    requester: string;
    provider: string;
    name: string;
    explanation?: string;
    suggestedLevel: TransferLevel;
    requestedAt: Instant;
  }
>;
export type ShareRejected = DomainEvent<
  'ShareRejected',
  { shareId: string; reason?: string; rejectedAt: Instant }
>;
export type ShareCancelled = DomainEvent<
  'ShareCancelled',
  { shareId: string; cause: 'requester' | 'connection-ended'; cancelledAt: Instant }
>;
export type ShareApproved = DomainEvent<
  'ShareApproved',
  { shareId: string; level: TransferLevel; selection: readonly string[]; terms: ShareTerms }
>;
export type SharePreparationStarted = DomainEvent<'SharePreparationStarted', { shareId: string }>;
/** `cursor` is where the next batch begins, absent after the last one; a crash resumes there. */
export type SharePackageBatchCollected = DomainEvent<
  'SharePackageBatchCollected',
  {
    shareId: string;
    batch: number;
    items: readonly PackageItem[];
    leftOut: readonly LeftOut[];
    cursor?: string;
    /** The number of candidates in all, as far as is known: for progress. */
    candidates: number;
  }
>;
export type SharePackageCompleted = DomainEvent<
  'SharePackageCompleted',
  { shareId: string; items: number; leftOut: number; availableAt: Instant }
>;
/** Opens a step: what becomes of the package's customers and locations. Its installations follow in batches. */
export type ShareProcessingConfirmed = DomainEvent<
  'ShareProcessingConfirmed',
  {
    shareId: string;
    stepId: string;
    referenceStyle: ReferenceStyle;
    customers: readonly ConfirmedCustomer[];
    locations: readonly ConfirmedLocation[];
    /** How many installations the step takes over. */
    installations: number;
  }
>;
export type ShareInstallationsConfirmed = DomainEvent<
  'ShareInstallationsConfirmed',
  { shareId: string; stepId: string; batch: number; installations: readonly ConfirmedInstallation[] }
>;
export type ShareItemsDeclined = DomainEvent<
  'ShareItemsDeclined',
  { shareId: string; installations: readonly string[] }
>;
/** One event, one moment: all its items were placed at `placedAt`. */
export type ShareItemsPlaced = DomainEvent<
  'ShareItemsPlaced',
  { shareId: string; stepId: string; installations: readonly string[]; placedAt: Instant }
>;
export type ShareStepImported = DomainEvent<'ShareStepImported', { shareId: string; stepId: string }>;
export type ShareProcessed = DomainEvent<'ShareProcessed', { shareId: string; processedAt: Instant }>;
/** Why an item no longer gives access, or never did. */
export type ItemWithdrawalCause =
  | Omit<WithdrawalCause, 'grantId'>
  /** When it was to be placed, this rule refused the grant (R-A2, R-A3): no account decided that. */
  | { readonly kind: 'refused'; readonly code: GrantRefusal };

/** How many of the withdrawn items were in which state, so that counts need no list of items. */
export interface WithdrawnFrom {
  readonly offered: number;
  readonly placing: number;
  readonly placed: readonly PlacedCount[];
}
/** How many items were placed at one moment. */
export interface PlacedCount {
  readonly placedAt: Instant;
  readonly count: number;
}
export type ShareItemsWithdrawn = DomainEvent<
  'ShareItemsWithdrawn',
  {
    shareId: string;
    installations: readonly string[];
    from: WithdrawnFrom;
    cause: ItemWithdrawalCause;
    withdrawnAt: Instant;
  }
>;
/** Some items were revoked, and others were retained or not named (R-V3). */
export type SharePartlyRevoked = DomainEvent<
  'SharePartlyRevoked',
  { shareId: string; withdrawn: number; retained: number; reason?: string; revokedAt: Instant }
>;
/** Nothing live or offered remains. */
export type ShareRevoked = DomainEvent<
  'ShareRevoked',
  { shareId: string; withdrawn: number; reason?: string; revokedAt: Instant }
>;

/** The giver let it end later (R-E4). */
export type ShareExtended = DomainEvent<
  'ShareExtended',
  { shareId: string; until: Instant; extendedAt: Instant }
>;
/** Both parties are notified that its end is near (R-E3). */
export type ShareExpiryAnnounced = DomainEvent<
  'ShareExpiryAnnounced',
  { shareId: string; until: Instant; daysBefore: DaysBefore; announcedAt: Instant }
>;
/** How many days before the end the parties are notified (R-E3). */
export type DaysBefore = 7 | 1;
/** Its agreed end came: nothing of it gives access any more (R-E1). */
export type ShareExpired = DomainEvent<
  'ShareExpired',
  { shareId: string; withdrawn: number; expiredAt: Instant }
>;

export type ShareEvent =
  | ShareRequested
  | ShareRejected
  | ShareCancelled
  | ShareApproved
  | SharePreparationStarted
  | SharePackageBatchCollected
  | SharePackageCompleted
  | ShareProcessingConfirmed
  | ShareInstallationsConfirmed
  | ShareItemsDeclined
  | ShareItemsPlaced
  | ShareStepImported
  | ShareProcessed
  | ShareItemsWithdrawn
  | SharePartlyRevoked
  | ShareRevoked
  | ShareExtended
  | ShareExpiryAnnounced
  | ShareExpired;
