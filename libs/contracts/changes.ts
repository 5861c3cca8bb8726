import type { TesseraEvent } from './registry.ts';

/**
 * The name under which an event is published as a change to those it concerns. The names are public: none is ever
 * renamed, or used for something else. `null` is not published: events that only guard a rule, the batches of a
 * piece of work whose end has an event of its own, and the erasure of a person.
 */
export const changeTypes = {
  AccountRegistered: 'account.registered',
  AccountDetailsChanged: 'account.changed',

  ConnectionCreated: 'connection.created',
  ConnectionTokenReissued: 'connection.token-reissued',
  ConnectionTokenUsed: null,
  ConnectionAuthenticated: 'connection.authenticated',
  ConnectionRenamed: 'connection.renamed',
  ConnectionCancelled: 'connection.cancelled',
  ConnectionEnded: 'connection.ended',
  ConnectionPairClaimed: null,

  CustomerAdded: 'customer.added',
  CustomerChanged: 'customer.changed',
  LocationAdded: 'location.added',
  LocationChanged: 'location.changed',
  BuildingAdded: 'building.added',
  BuildingChanged: 'building.changed',

  InstallationRegistered: 'installation.registered',
  InstallationPropertiesChanged: 'installation.changed',
  InstallationMoved: 'installation.moved',
  InstallationArchived: 'installation.archived',
  InstallationRestored: 'installation.restored',
  ActivityAdded: 'installation.activity-added',
  ActivityChanged: 'installation.activity-changed',
  ActivityRemoved: 'installation.activity-removed',
  InstallationAccessGranted: 'installation.access-granted',
  InstallationAccessExtended: 'installation.access-extended',
  InstallationAccessWithdrawn: 'installation.access-withdrawn',
  InstallationAccessBlocked: 'installation.access-blocked',

  ShareRequested: 'share.requested',
  ShareRejected: 'share.rejected',
  ShareCancelled: 'share.cancelled',
  ShareApproved: 'share.approved',
  SharePreparationStarted: 'share.preparation-started',
  SharePackageBatchCollected: null,
  SharePackageCompleted: 'share.available',
  ShareProcessingConfirmed: 'share.step-confirmed',
  ShareInstallationsConfirmed: null,
  ShareItemsDeclined: 'share.items-declined',
  ShareItemsPlaced: 'share.items-placed',
  ShareStepImported: 'share.step-imported',
  ShareProcessed: 'share.processed',
  ShareItemsWithdrawn: 'share.items-withdrawn',
  SharePartlyRevoked: 'share.partly-revoked',
  ShareRevoked: 'share.revoked',
  ShareExtended: 'share.extended',
  ShareExpiryAnnounced: 'share.expiry-announced',
  ShareExpired: 'share.expired',

  NotificationRead: 'inbox.notification-read',
  AllNotificationsRead: 'inbox.all-read',

  CatalogueImportStarted: 'import.started',
  CatalogueRowsReceived: null,
  CatalogueFileReceived: 'import.file-received',
  CatalogueImportFailed: 'import.failed',
  CatalogueBatchJudged: null,
  CatalogueBatchImported: 'import.batch-imported',
  CatalogueImportCompleted: 'import.completed',

  WebhookRegistered: 'webhook.registered',
  WebhookChanged: 'webhook.changed',
  WebhookSecretRotated: 'webhook.secret-rotated',
  WebhookEnabled: 'webhook.enabled',
  WebhookDisabled: 'webhook.disabled',
  WebhookReplayRequested: null,
  WebhookTestRequested: null,
  WebhookRetryRequested: null,
  WebhookRemoved: 'webhook.removed',

  DataSubjectErasureRequested: null,
  DataSubjectErased: null,

  FlowResumed: null,

  CommandHadNoEffect: null,
} as const satisfies { readonly [Type in TesseraEvent['type']]: `${string}.${string}` | null };

/** The public name of what happened, such as `share.requested`. */
export type ChangeType = Exclude<(typeof changeTypes)[TesseraEvent['type']], null>;

/** What a change may be about: the kinds of streams whose events are published. */
export type SubjectKind = ChangeType extends `${infer Kind}.${string}` ? Kind : never;

/** Every public name. */
export const everyChangeType: readonly ChangeType[] = Object.values(changeTypes).filter(
  (name) => name !== null,
);

const names: ReadonlySet<string> = new Set(everyChangeType);

/** Whether the text is the public name of a change. */
export function isChangeType(text: string): text is ChangeType {
  return names.has(text);
}
