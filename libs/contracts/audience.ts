import type { CompanyDetails } from '#domain/account';
import type { Address, BuildingDetails, CustomerDetails, LocationDetails } from '#domain/catalogue';
import type {
  Activity,
  Grant,
  InstallationProperties,
  Placement,
  RevocationTerms,
} from '#domain/installation';
import { personal, personalPaths } from './personal.ts';
import type { Recorded, TesseraEvent } from './registry.ts';

/** The party that reads an event of one of its streams. */
export interface Viewer {
  readonly account: string;
  /** For an installation's events: the account that registered it, which sees every grant. */
  readonly root?: string;
}

/** Whether a party may see a field, in an event of this type. */
export type Audience = (event: Recorded, viewer: Viewer) => boolean;

type KeyOf<Data> = Data extends unknown ? keyof Data : never;
type FieldOf<Data, Key extends PropertyKey> = Data extends { readonly [K in Key]?: infer Value }
  ? Value
  : never;

/**
 * Who may see each field of `Data`, at any depth: a field that is not named here does not compile, and is shown to
 * nobody. A list has the audience of its items.
 */
type Audiences<Data> = [Data] extends [string | number | boolean | null | undefined]
  ? Audience
  : [Data] extends [readonly (infer Item)[] | null | undefined]
    ? Audiences<Item>
    : {
        readonly [Key in KeyOf<NonNullable<Data>>]-?: Audiences<
          Exclude<FieldOf<NonNullable<Data>, Key>, null | undefined>
        >;
      };

/** Every party to the stream. */
const parties: Audience = () => true;

/** Neither party, but auditors. */
const auditors: Audience = () => false;

/** Nobody, not even auditors. */
export const nobody: Audience = () => false;

/** The account that acted. */
const actor: Audience = (event, { account }) => event.metadata.actor.account === account;

/** The account that the event names as its own. */
const subject: Audience = ({ data }, { account }) => 'account' in data && data.account === account;

const itself: Audience = ({ data }, { account }) => 'accountId' in data && data.accountId === account;

/** A grant's giver and holder, and the account that registered the installation. */
const grantParties: Audience = (event, viewer) => grantHolder(event, viewer) || grantGiver(event, viewer);

const grantHolder: Audience = (event, { account }) => grantOf(event)?.holder === account;

const grantGiver: Audience = (event, { account, root }) =>
  account === root || grantOf(event)?.giver === account;

/** The two parties of the decision that ended access; others learn only who decided. */
const decisionParties: Audience = ({ data }, { account }) =>
  'cause' in data &&
  typeof data.cause === 'object' &&
  !(data.cause.kind === 'cascade' && data.cause.account !== account);

const grantDecisionParties: Audience = (event, viewer) =>
  grantParties(event, viewer) && decisionParties(event, viewer);

function grantOf({ data }: Recorded): { readonly giver?: string; readonly holder: string } | undefined {
  if ('grant' in data) return data.grant;
  return 'holder' in data ? data : undefined;
}

/** Shapes that several events have in common, with one audience for all their fields. */
const companyFor = (of: Audience): Audiences<CompanyDetails> => ({
  name: of,
  vatNumber: of,
  street: of,
  postalCode: of,
  city: of,
  country: of,
  certificateNumber: of,
});
const addressFor = (of: Audience): Audiences<Address> => ({
  street: of,
  postalCode: of,
  city: of,
  country: of,
  region: of,
});
const customerFor = (of: Audience): Audiences<CustomerDetails> => ({
  name: of,
  address: addressFor(of),
  vatNumber: of,
  internalName: of,
  customerNumber: of,
  region: of,
  language: of,
  contact: personal(of),
  labels: of,
});
const locationFor = (of: Audience): Audiences<LocationDetails> => ({
  name: of,
  address: addressFor(of),
  region: of,
});
const buildingFor = (of: Audience): Audiences<BuildingDetails> => ({ name: of, address: addressFor(of) });
const copySource = { shareId: subject, id: subject };
const propertiesFor = (of: Audience): Audiences<InstallationProperties> => ({
  serialNumber: of,
  brand: of,
  model: of,
  type: of,
  refrigerant: of,
  chargeKg: of,
  capacityKw: of,
  hermeticallySealed: of,
  leakDetection: of,
  commissionedOn: of,
  notes: of,
  components: { name: of, serialNumber: of, brand: of, model: of, notes: of },
});
const placementFor = (of: Audience): Audiences<Placement> => ({
  customerId: of,
  locationId: of,
  buildingId: of,
  reference: of,
  customerReference: of,
});
const activity: Audiences<Activity> = {
  kind: parties,
  performedOn: parties,
  summary: parties,
  performedBy: personal(parties),
  refrigerantAddedKg: parties,
  refrigerantRecoveredKg: parties,
  leakFound: parties,
  measurements: { name: parties, value: parties, unit: parties },
  attachment: { name: parties, mediaType: parties, sha256: parties, url: parties },
};
const { kind: _kind, ...activityDetails } = activity;
const { notes: _notes, components: _components, ...packagedProperties } = propertiesFor(actor);
const revocationFor = (of: Audience): Audiences<RevocationTerms> => ({
  kind: of,
  milliseconds: of,
  from: of,
});
const grant: Audiences<Grant> = {
  grantId: grantParties,
  giver: grantParties,
  holder: grantParties,
  parent: grantParties,
  shareId: grantParties,
  accessType: grantParties,
  documentIdentity: grantParties,
  revocation: revocationFor(grantParties),
  approvedAt: grantParties,
  grantedAt: grantParties,
  until: grantParties,
};
const rowErrors = { row: parties, column: parties, code: parties, detail: parties };

/** The audience of every field of every event. */
export const audiences: { readonly [Event in TesseraEvent as Event['type']]: Audiences<Event['data']> } = {
  AccountRegistered: { accountId: itself, kind: itself, name: itself, company: companyFor(itself) },
  AccountDetailsChanged: { accountId: itself, name: itself, company: companyFor(itself) },

  // A label and a description are for the party that wrote them (R-C1).
  ConnectionCreated: {
    connectionId: parties,
    account: parties,
    label: subject,
    description: subject,
    tokenHash: nobody,
    expiresAt: parties,
  },
  ConnectionTokenReissued: { connectionId: actor, tokenHash: nobody, expiresAt: actor },
  ConnectionTokenUsed: { connectionId: parties, account: parties, label: subject },
  ConnectionAuthenticated: { connectionId: parties, account: parties, label: subject },
  ConnectionRenamed: { connectionId: subject, account: subject, label: subject },
  ConnectionCancelled: { connectionId: parties, reason: parties },
  ConnectionEnded: { connectionId: parties, account: parties, revokeShares: parties },
  ConnectionPairClaimed: {
    accounts: parties,
    connectionId: parties,
    account: parties,
    tokenHash: nobody,
    label: subject,
  },

  // Each account's own (R-G2).
  CustomerAdded: {
    customerId: subject,
    account: subject,
    details: customerFor(subject),
    copiedFrom: copySource,
  },
  CustomerChanged: { customerId: subject, account: subject, changes: customerFor(subject) },
  LocationAdded: {
    locationId: subject,
    account: subject,
    customerId: subject,
    details: locationFor(subject),
    copiedFrom: copySource,
  },
  LocationChanged: { locationId: subject, account: subject, changes: locationFor(subject) },
  BuildingAdded: {
    buildingId: subject,
    account: subject,
    locationId: subject,
    customerId: subject,
    details: buildingFor(subject),
    copiedFrom: copySource,
  },
  BuildingChanged: { buildingId: subject, account: subject, changes: buildingFor(subject) },

  // Every holder reads the logbook; each account's placement is its own (R-G1, R-G2).
  InstallationRegistered: {
    installationId: parties,
    account: parties,
    token: parties,
    properties: propertiesFor(parties),
    placement: placementFor(subject),
  },
  InstallationPropertiesChanged: {
    installationId: parties,
    account: parties,
    changes: propertiesFor(parties),
  },
  InstallationMoved: { installationId: subject, account: subject, placement: placementFor(subject) },
  InstallationArchived: { installationId: subject, account: subject },
  InstallationRestored: { installationId: subject, account: subject },
  ActivityAdded: {
    installationId: parties,
    activityId: parties,
    account: parties,
    activity,
    document: { number: parties, issuedAt: parties, issuedBy: companyFor(parties) },
  },
  ActivityChanged: {
    installationId: parties,
    activityId: parties,
    account: parties,
    changes: activityDetails,
  },
  ActivityRemoved: { installationId: parties, activityId: parties, account: parties },
  InstallationAccessGranted: { installationId: grantParties, grant, placement: placementFor(grantHolder) },
  InstallationAccessExtended: {
    installationId: grantParties,
    grantId: grantParties,
    shareId: grantParties,
    giver: grantParties,
    holder: grantParties,
    until: grantParties,
  },
  InstallationAccessWithdrawn: {
    installationId: grantParties,
    grantId: grantParties,
    shareId: grantParties,
    giver: grantParties,
    holder: grantParties,
    cause: {
      kind: grantParties,
      account: grantParties,
      shareId: grantDecisionParties,
      grantId: grantDecisionParties,
      reason: grantDecisionParties,
    },
    withdrawnAt: grantParties,
  },
  InstallationAccessBlocked: {
    installationId: grantParties,
    grantId: grantParties,
    shareId: grantParties,
    holder: grantParties,
  },

  ShareRequested: {
    shareId: parties,
    connectionId: parties,
    requester: parties,
    provider: parties,
    name: parties,
    explanation: parties,
    suggestedLevel: parties,
    requestedAt: parties,
  },
  ShareRejected: { shareId: parties, reason: parties, rejectedAt: parties },
  ShareCancelled: { shareId: parties, cause: parties, cancelledAt: parties },
  // The selection from the provider's catalogue is for the provider; the requester reads its result in the package.
  ShareApproved: {
    shareId: parties,
    level: parties,
    selection: actor,
    terms: {
      accessType: parties,
      documentIdentity: parties,
      revocation: revocationFor(parties),
      approvedAt: parties,
      until: parties,
    },
  },
  SharePreparationStarted: { shareId: parties },
  // How much of the provider's catalogue has been read is for neither party, and what was left out is for the provider; the
  // contents of items are read in the package, once it is complete and as long as they are not blocked.
  SharePackageBatchCollected: {
    shareId: parties,
    batch: parties,
    items: {
      installationId: parties,
      token: actor,
      reference: actor,
      customerReference: actor,
      properties: packagedProperties,
      customer: { id: actor, name: actor, vatNumber: actor, address: addressFor(actor) },
      location: { id: actor, name: actor, address: addressFor(actor), region: actor },
      building: { id: actor, name: actor, address: addressFor(actor) },
    },
    leftOut: { installationId: actor, code: actor },
    cursor: auditors,
    candidates: actor,
  },
  SharePackageCompleted: { shareId: parties, items: parties, leftOut: actor, availableAt: parties },
  // Where the requester places what it takes over is for the requester only (R-G2), which alone confirms steps.
  ShareProcessingConfirmed: {
    shareId: parties,
    stepId: parties,
    referenceStyle: actor,
    customers: { source: actor, target: { create: actor, customerId: actor } },
    locations: { source: actor, target: { create: actor, customerId: actor, locationId: actor } },
    installations: parties,
  },
  ShareInstallationsConfirmed: {
    shareId: parties,
    stepId: parties,
    batch: parties,
    installations: {
      installationId: parties,
      target: {
        buildingId: actor,
        locationId: actor,
        newBuilding: { id: actor, name: actor, locationId: actor },
        followsLocation: actor,
      },
      reference: actor,
      replaces: actor,
    },
  },
  ShareItemsDeclined: { shareId: parties, installations: parties },
  ShareItemsPlaced: { shareId: parties, stepId: parties, installations: parties, placedAt: parties },
  ShareStepImported: { shareId: parties, stepId: parties },
  ShareProcessed: { shareId: parties, processedAt: parties },
  ShareItemsWithdrawn: {
    shareId: parties,
    installations: parties,
    from: { offered: parties, placing: parties, placed: { placedAt: parties, count: parties } },
    cause: {
      kind: parties,
      code: parties,
      account: parties,
      shareId: decisionParties,
      reason: decisionParties,
    },
    withdrawnAt: parties,
  },
  SharePartlyRevoked: {
    shareId: parties,
    withdrawn: parties,
    retained: parties,
    reason: parties,
    revokedAt: parties,
  },
  ShareRevoked: { shareId: parties, withdrawn: parties, reason: parties, revokedAt: parties },
  ShareExtended: { shareId: parties, until: parties, extendedAt: parties },
  ShareExpiryAnnounced: { shareId: parties, until: parties, daysBefore: parties, announcedAt: parties },
  ShareExpired: { shareId: parties, withdrawn: parties, expiredAt: parties },

  NotificationRead: { account: subject, notificationId: subject },
  AllNotificationsRead: { account: subject },

  // The only party to an import is the account that started it.
  CatalogueImportStarted: {
    importId: subject,
    account: subject,
    existing: subject,
    file: { columns: subject, separator: subject, sha256: subject },
    startedAt: subject,
  },
  CatalogueRowsReceived: {
    importId: parties,
    batch: parties,
    rows: {
      row: parties,
      customer: { name: parties, vatNumber: parties, customerNumber: parties, address: addressFor(parties) },
      location: { name: parties, address: addressFor(parties) },
      building: parties,
      reference: parties,
      customerReference: parties,
      properties: propertiesFor(parties),
    },
    rejected: { row: parties, cells: parties },
    errors: rowErrors,
  },
  CatalogueFileReceived: { importId: parties, rows: parties, batches: parties },
  CatalogueImportFailed: { importId: parties, code: parties, detail: parties },
  CatalogueBatchJudged: {
    importId: parties,
    batch: parties,
    rows: {
      row: parties,
      outcome: parties,
      installationId: parties,
      customerId: parties,
      locationId: parties,
      buildingId: parties,
      adds: parties,
      completes: { customerId: parties, vatNumber: parties, customerNumber: parties },
    },
    errors: rowErrors,
  },
  CatalogueBatchImported: {
    importId: parties,
    batch: parties,
    created: parties,
    updated: parties,
    unchanged: parties,
    errors: rowErrors,
  },
  CatalogueImportCompleted: { importId: parties, completedAt: parties },

  // A URL may hold credentials: an administrator reads it at the webhook, and nobody elsewhere.
  WebhookRegistered: {
    webhookId: subject,
    account: subject,
    url: nobody,
    types: subject,
    description: subject,
    secretId: nobody,
  },
  WebhookChanged: {
    webhookId: subject,
    account: subject,
    changes: { url: nobody, types: subject, description: subject },
  },
  WebhookSecretRotated: { webhookId: subject, account: subject, secretId: nobody, formerUntil: subject },
  WebhookEnabled: { webhookId: subject, account: subject },
  WebhookDisabled: { webhookId: subject, account: subject, reason: subject, since: subject },
  WebhookReplayRequested: { webhookId: subject, account: subject, after: subject },
  WebhookTestRequested: { webhookId: subject, account: subject, deliveryId: subject },
  WebhookRetryRequested: { webhookId: subject, account: subject, deliveryId: subject },
  WebhookRemoved: { webhookId: subject, account: subject },

  // The key's id means nothing to parties; auditors learn from it which values can no longer be read.
  DataSubjectErasureRequested: {
    erasureId: subject,
    account: subject,
    key: auditors,
    reason: subject,
    requestedAt: subject,
  },
  DataSubjectErased: { erasureId: subject, account: subject, key: auditors, erasedAt: subject },

  // Stuck work is for operators; auditors see who resumed it.
  FlowResumed: {
    resumptionId: auditors,
    process: auditors,
    key: auditors,
    begun: { stream: auditors, revision: auditors },
    resumedAt: auditors,
  },

  // A command without effect is shown to nobody.
  CommandHadNoEffect: {},
};

/** The paths to personal fields, in the data of each event type that has any. */
export const personalFields: ReadonlyMap<string, readonly (readonly string[])[]> = new Map(
  Object.entries(audiences)
    .map(([type, fields]) => [type, personalPaths(fields)] as const)
    .filter(([, paths]) => paths.length > 0),
);
