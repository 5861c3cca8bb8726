import { isGrantRefusal } from '#domain/installation';
import type { JsonObject, RecordedEvent } from '#event-store';
import { EventRegistry, type StoredShape, type Upcast } from './event-registry.ts';
import type { Recorded, TesseraEvent } from './registry.ts';

/** The version each event type is stored in today; a type left out, or one that is none, does not compile. */
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
  InstallationAccessGranted: 1,
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

  NotificationRead: 1,
  AllNotificationsRead: 1,

  CatalogueImportStarted: 2,
  CatalogueRowsReceived: 2,
  CatalogueFileReceived: 1,
  CatalogueImportFailed: 1,
  CatalogueBatchJudged: 1,
  CatalogueBatchImported: 2,
  CatalogueImportCompleted: 1,

  CommandHadNoEffect: 1,
};

/** The way of each type with later versions: from its first version to the second, from that to the third, and so on. */
const UPCASTS: { readonly [Type in TesseraEvent['type']]?: readonly Upcast[] } = {
  // What the rules refused was told as a cascade that began with the share itself, which there is none of.
  ShareItemsWithdrawn: [(data) => ({ ...data, ...refusedCause(data) })],
  CatalogueImportStarted: [(data) => ({ ...data, existing: 'keep' })],
  CatalogueRowsReceived: [(data) => ({ ...data, rejected: [] })],
  // What was there already was not told from what was new.
  CatalogueBatchImported: [
    ({ imported = 0, ...data }) => ({ ...data, created: imported, updated: 0, unchanged: 0 }),
  ],
  // Since its second version it may say which record of the requester's own an installation replaces.
  ShareInstallationsConfirmed: [(data) => data],
};

function refusedCause({ cause, shareId }: JsonObject): JsonObject | undefined {
  const { kind, shareId: ofShare, reason: code } = cause as JsonObject;
  if (kind !== 'cascade' || ofShare !== shareId || typeof code !== 'string') return undefined;
  return isGrantRefusal(code) ? { cause: { kind: 'refused', code } } : undefined;
}

/** What this release stores and understands. */
export const eventRegistry = new EventRegistry<TesseraEvent>();
for (const [type, version] of Object.entries(VERSIONS)) {
  eventRegistry.register(type as TesseraEvent['type'], version);
}
for (const [type, upcasts] of Object.entries(UPCASTS)) {
  for (const [index, upcast] of upcasts.entries()) {
    eventRegistry.upcaster(type as TesseraEvent['type'], index + 1, upcast);
  }
}

/** Every event type with the version it is stored in today. */
export const eventTypes: ReadonlyMap<TesseraEvent['type'], number> = new Map(
  eventRegistry.entries() as Iterable<[TesseraEvent['type'], number]>,
);

/**
 * For the start of every program that reads the log.
 * @throws BrokenUpcasterChain an older version of an event has no way to today's shape
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
 * The stored event in today's shape. An event stored in today's version is not copied.
 * @throws UnknownEventType, UnknownEventVersion
 */
export function deserialise(recorded: RecordedEvent): Recorded {
  return eventRegistry.deserialise(recorded) as unknown as Recorded;
}
