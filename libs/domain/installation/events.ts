import type { CompanyDetails } from '#domain/account';
import type { Changes, DomainEvent, Instant } from '#domain/kernel';

/** A measured value: unlike a count it may have a fraction. */
export type Amount = number;

export type InstallationType = 'air-conditioning' | 'refrigeration' | 'heat-pump' | 'other';

export interface Component {
  readonly name: string;
  readonly serialNumber?: string;
  readonly brand?: string;
  readonly model?: string;
  readonly notes?: string;
}

/** The properties that every live holder sees and may change (R-G1). */
export interface InstallationProperties {
  readonly serialNumber?: string;
  readonly brand?: string;
  readonly model?: string;
  readonly type?: InstallationType;
  readonly refrigerant?: string;
  readonly chargeKg?: Amount;
  readonly capacityKw?: Amount;
  readonly hermeticallySealed?: boolean;
  readonly leakDetection?: boolean;
  /** A date, `YYYY-MM-DD`. */
  readonly commissionedOn?: string;
  readonly notes?: string;
  readonly components?: readonly Component[];
}

/** Where one account keeps the installation in its own tree. No building: the location's implicit one. */
export interface Placement {
  readonly customerId: string;
  readonly locationId: string;
  readonly buildingId?: string;
  readonly reference: string;
  readonly customerReference?: string;
}

export type ActivityKind = 'work-order' | 'measurement' | 'operation' | 'note' | 'attachment';

export interface Measurement {
  readonly name: string;
  readonly value: Amount;
  readonly unit: string;
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly url: string;
}

export interface Activity {
  readonly kind: ActivityKind;
  /** A date or a moment. */
  readonly performedOn: string;
  readonly summary: string;
  readonly performedBy?: string;
  readonly refrigerantAddedKg?: Amount;
  readonly refrigerantRecoveredKg?: Amount;
  readonly leakFound?: boolean;
  readonly measurements?: readonly Measurement[];
  readonly attachment?: Attachment;
}

/** A work order's document. Whose details it shows is fixed when it is issued (R-A4). */
export interface WorkOrderDocument {
  readonly number: string;
  readonly issuedAt: Instant;
  readonly issuedBy: CompanyDetails;
}

export type AccessType = 'operator' | 'installation-manager' | 'subcontractor' | 'on-loan';

/** Whose company details the documents issued under a grant show (R-A4). */
export type DocumentIdentity = 'performer' | 'giver';

/** The terms stamped at approval; later configuration never alters them (R-S6). */
export type RevocationTerms =
  | { readonly kind: 'any-time' }
  | {
      readonly kind: 'window';
      readonly milliseconds: number;
      /** Whether the window runs from placing each installation, or from the approval (R-V2). */
      readonly from: 'placed' | 'granted';
    };

/** One account's access to the installation, given by another through one share. Never edited. */
export interface Grant {
  readonly grantId: string;
  readonly giver: string;
  readonly holder: string;
  /** The grant the giver gives on from; absent when the giver is the root. */
  readonly parent?: string;
  readonly shareId: string;
  readonly accessType: AccessType;
  readonly documentIdentity: DocumentIdentity;
  readonly revocation: RevocationTerms;
  readonly approvedAt: Instant;
  /** When the installation was placed: its share has the same moment, from which the window runs (R-V2). */
  readonly grantedAt: Instant;
  /** The moment at which it ends by itself (R-E1); absent where it has no end of its own. */
  readonly until?: Instant;
}

/**
 * Why access ended: its giver revoked it, its holder gave it back, a grant above it ended, or its agreed end came
 * (R-V1, R-V4, R-V7, R-E1).
 */
export interface WithdrawalCause {
  readonly kind: 'revoked' | 'returned' | 'cascade' | 'expired';
  /** The account that decided: of an agreed end, the giver. */
  readonly account: string;
  /** The share and grant the decision was about; for a cascade, those at its top. */
  readonly shareId: string;
  readonly grantId: string;
  readonly reason?: string;
}

export type InstallationRegistered = DomainEvent<
  'InstallationRegistered',
  {
    installationId: string;
    account: string;
    token: string;
    properties: InstallationProperties;
    placement: Placement;
  }
>;
export type InstallationPropertiesChanged = DomainEvent<
  'InstallationPropertiesChanged',
  { installationId: string; account: string; changes: Changes<InstallationProperties> }
>;
export type InstallationMoved = DomainEvent<
  'InstallationMoved',
  { installationId: string; account: string; placement: Placement }
>;
export type InstallationArchived = DomainEvent<
  'InstallationArchived',
  { installationId: string; account: string }
>;
export type InstallationRestored = DomainEvent<
  'InstallationRestored',
  { installationId: string; account: string }
>;
export type ActivityAdded = DomainEvent<
  'ActivityAdded',
  {
    installationId: string;
    activityId: string;
    account: string;
    activity: Activity;
    document?: WorkOrderDocument;
  }
>;
export type ActivityChanged = DomainEvent<
  'ActivityChanged',
  { installationId: string; activityId: string; account: string; changes: Changes<Omit<Activity, 'kind'>> }
>;
export type ActivityRemoved = DomainEvent<
  'ActivityRemoved',
  { installationId: string; activityId: string; account: string }
>;
export type InstallationAccessGranted = DomainEvent<
  'InstallationAccessGranted',
  { installationId: string; grant: Grant; placement: Placement }
>;
export type InstallationAccessWithdrawn = DomainEvent<
  'InstallationAccessWithdrawn',
  {
    installationId: string;
    grantId: string;
    shareId: string;
    giver: string;
    holder: string;
    cause: WithdrawalCause;
    withdrawnAt: Instant;
  }
>;
/** The giver extended the share: the grant ends later (R-E4). */
export type InstallationAccessExtended = DomainEvent<
  'InstallationAccessExtended',
  { installationId: string; grantId: string; shareId: string; giver: string; holder: string; until: Instant }
>;
/** A grant revoked before its import reached the installation: it never becomes live. */
export type InstallationAccessBlocked = DomainEvent<
  'InstallationAccessBlocked',
  { installationId: string; grantId: string; shareId: string; holder: string }
>;

export type InstallationEvent =
  | InstallationRegistered
  | InstallationPropertiesChanged
  | InstallationMoved
  | InstallationArchived
  | InstallationRestored
  | ActivityAdded
  | ActivityChanged
  | ActivityRemoved
  | InstallationAccessGranted
  | InstallationAccessExtended
  | InstallationAccessWithdrawn
  | InstallationAccessBlocked;
