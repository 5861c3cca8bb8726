import { isGrantRefusal } from '#domain/installation';
import type { JsonObject, RecordedEvent } from '#event-store';
import { EventRegistry, type StoredShape, type Upcast } from './event-registry.ts';
import type { Recorded, TesseraEvent } from './registry.ts';
import { locateSealed } from './sealed-events.ts';

/** The current stored version of each event type; a missing type, or an unknown one, does not compile. */
const VERSIONS: Readonly<Record<TesseraEvent['type'], number>> = {
  AccountRegistered: 1,
  AccountDetailsChanged: 1,

  ConnectionCreated: 1,
  ConnectionTokenReissued: 1,
  ConnectionTokenUsed: 1,
  ConnectionAuthenticated: 1,
  ConnectionRenamed: 1,
  ConnectionCancelled: 1,
  ConnectionEnded: 1,
  ConnectionPairClaimed: 1,

  CustomerAdded: 1,
  CustomerChanged: 1,
  LocationAdded: 1,
  LocationChanged: 1,
  BuildingAdded: 1,
  BuildingChanged: 1,

  InstallationRegistered: 1,
  InstallationPropertiesChanged: 1,
  InstallationMoved: 1,
  InstallationArchived: 1,
  InstallationRestored: 1,
  ActivityAdded: 1,
  ActivityChanged: 1,
  ActivityRemoved: 1,
  InstallationAccessGranted: 2,
  InstallationAccessExtended: 1,
  InstallationAccessWithdrawn: 1,
  InstallationAccessBlocked: 1,

  ShareRequested: 1,
  ShareRejected: 1,
  ShareCancelled: 1,
  ShareApproved: 1,
  SharePreparationStarted: 1,
  SharePackageBatchCollected: 1,
  SharePackageCompleted: 1,
  ShareProcessingConfirmed: 1,
  ShareInstallationsConfirmed: 2,
  ShareItemsDeclined: 1,
  ShareItemsPlaced: 1,
  ShareStepImported: 1,
  ShareProcessed: 1,
  ShareItemsWithdrawn: 2,
  SharePartlyRevoked: 1,
  ShareRevoked: 1,
  ShareExtended: 1,
  ShareExpiryAnnounced: 1,
  ShareExpired: 1,

  NotificationRead: 1,
  AllNotificationsRead: 2,

  CatalogueImportStarted: 2,
  CatalogueRowsReceived: 2,
  CatalogueFileReceived: 1,
  CatalogueImportFailed: 1,
  CatalogueBatchJudged: 1,
  CatalogueBatchImported: 2,
  CatalogueImportCompleted: 1,

  WebhookRegistered: 1,
  WebhookChanged: 1,
  WebhookSecretRotated: 1,
  WebhookEnabled: 1,
  WebhookDisabled: 1,
  WebhookReplayRequested: 1,
  WebhookTestRequested: 1,
  WebhookRetryRequested: 1,
  WebhookRemoved: 1,

  DataSubjectErasureRequested: 1,
  DataSubjectErased: 1,

  FlowResumed: 1,

  CommandHadNoEffect: 1,
};

/** The upcasters of each type with later versions: from its first version to the second, and so on. */
const UPCASTS: { readonly [Type in TesseraEvent['type']]?: readonly Upcast[] } = {
  // The first version had a moment of its own for each grant, and what was placed within one second counted as placed at
  // the beginning of it.
  InstallationAccessGranted: [
    ({ grant, ...data }) => ({ ...data, grant: grantedAtSecond(grant as JsonObject) }),
  ],
  // The first version recorded items that the rules refused as a cascade from the share itself, which did not exist.
  ShareItemsWithdrawn: [(data) => ({ ...data, ...refusedCause(data) })],
  CatalogueImportStarted: [(data) => ({ ...data, existing: 'keep' })],
  CatalogueRowsReceived: [(data) => ({ ...data, rejected: [] })],
  // The first version did not distinguish what existed already from what was new.
  CatalogueBatchImported: [
    ({ imported = 0, ...data }) => ({ ...data, created: imported, updated: 0, unchanged: 0 }),
  ],
  // The first version named a position, which is another one in another store; it was that of the end of the log.
  AllNotificationsRead: [({ upTo: _, ...data }) => data],
  // The second version may name the requester's own record that an installation replaces.
  ShareInstallationsConfirmed: [(data) => data],
};

function grantedAtSecond({ grantedAt, ...grant }: JsonObject): JsonObject {
  return { ...grant, grantedAt: String(grantedAt).replace(/\.\d{3}Z$/, '.000Z') };
}

function refusedCause({ cause, shareId }: JsonObject): JsonObject | undefined {
  const { kind, shareId: ofShare, reason: code } = cause as JsonObject;
  if (kind !== 'cascade' || ofShare !== shareId || typeof code !== 'string') return undefined;
  return isGrantRefusal(code) ? { cause: { kind: 'refused', code } } : undefined;
}

/** The event types that this release stores and reads. */
export const eventRegistry = new EventRegistry<TesseraEvent>();
for (const [type, version] of Object.entries(VERSIONS)) {
  eventRegistry.register(type as TesseraEvent['type'], version);
}
for (const [type, upcasts] of Object.entries(UPCASTS)) {
  for (const [index, upcast] of upcasts.entries()) {
    eventRegistry.upcaster(type as TesseraEvent['type'], index + 1, upcast);
  }
}

/** Every event type with its current stored version. */
export const eventTypes: ReadonlyMap<TesseraEvent['type'], number> = new Map(
  eventRegistry.entries() as Iterable<[TesseraEvent['type'], number]>,
);

/**
 * For the start of every program that reads the log.
 * @throws BrokenUpcasterChain an older version of an event cannot be converted to the current shape
 */
export function checkRegistry(): void {
  eventRegistry.check();
}

/**
 * The event as it is stored, under the name and in the shape of its current version.
 * @throws UnknownEventType
 */
export function serialise(event: TesseraEvent): StoredShape {
  return eventRegistry.serialise(event);
}

/**
 * The stored event in its current shape. An event stored in the current version is not copied, unless it has sealed
 * values: these are completed with where they were recorded.
 * @throws UnknownEventType, UnknownEventVersion
 */
export function deserialise(recorded: RecordedEvent): Recorded {
  return eventRegistry.deserialise(locateSealed(recorded)) as unknown as Recorded;
}

/**
 * What a fold needs of the stored event: its type and data, in their current shape. Its metadata is not even parsed.
 * @throws UnknownEventType, UnknownEventVersion
 */
export function deserialiseToFold(recorded: RecordedEvent): TesseraEvent {
  return eventRegistry.deserialise(locateSealed(recorded, 'data')) as unknown as TesseraEvent;
}

/** Whether this release can read the event. */
export function isKnown({ type }: Pick<RecordedEvent, 'type'>): boolean {
  return eventRegistry.knows(type);
}
