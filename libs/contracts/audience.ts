import type { WithdrawalCause } from '#domain/installation';
import { unreachable } from '#domain/kernel';
import type { JsonObject, RecordedEvent } from '#event-store';
import type { EventMetadata } from './metadata.ts';
import type { Recorded, TesseraEvent } from './registry.ts';

/** Who looks at an event of a stream it is party to. */
export interface Viewer {
  readonly account: string;
  /** For an installation's events: the account that registered it; it sees every grant. */
  readonly root?: string;
}

/** An event as one party may see it: some fields of its data may be missing. */
export interface SeenEvent extends Omit<RecordedEvent, 'metadata'> {
  readonly type: TesseraEvent['type'];
  /** Without the command's hash, from which a short label could be guessed. */
  readonly metadata: Omit<EventMetadata, 'commandHash'>;
}

/**
 * Whether a party may know that the event happened. That it is party to the stream, and up to which revision it may
 * read (R-V5), the caller has found out before.
 */
export function visibleTo(event: Recorded, viewer: Viewer): boolean {
  return dataFor(event, viewer) !== undefined;
}

/** The event as that party may see it; `undefined` when it may not see it at all. */
export function redactFor(event: Recorded, viewer: Viewer): SeenEvent | undefined {
  const data = dataFor(event, viewer);
  return data && seen(event, data);
}

/** The event for an auditor: everything but the hashes of tokens, which are for nobody. */
export function redactForAuditor(event: Recorded): SeenEvent {
  switch (event.type) {
    case 'ConnectionCreated':
    case 'ConnectionTokenReissued':
    case 'ConnectionPairClaimed':
      return seen(event, without(event.data, 'tokenHash'));
    default:
      return seen(event, event.data);
  }
}

function seen(event: Recorded, data: object): SeenEvent {
  const { commandHash: _, ...metadata } = event.metadata;
  const { id, stream, revision, position, type } = event;
  return { id, stream, revision, position, type, data: data as JsonObject, metadata };
}

/** What the viewer may see of the data; `undefined` when it may not know of the event. */
function dataFor(event: Recorded, { account, root }: Viewer): object | undefined {
  const actor = event.metadata.actor.account;
  switch (event.type) {
    // Each account's own.
    case 'AccountRegistered':
    case 'AccountDetailsChanged':
      return event.data.accountId === account ? event.data : undefined;
    case 'CustomerAdded':
    case 'CustomerChanged':
    case 'LocationAdded':
    case 'LocationChanged':
    case 'BuildingAdded':
    case 'BuildingChanged':
    case 'NotificationRead':
    case 'AllNotificationsRead':
    case 'CatalogueImportStarted':
      return event.data.account === account ? event.data : undefined;
    // Of an import only the account that started it is a party.
    case 'CatalogueRowsReceived':
    case 'CatalogueFileReceived':
    case 'CatalogueImportFailed':
    case 'CatalogueBatchImported':
    case 'CatalogueImportCompleted':
      return event.data;

    // A label and a description are for the side that gave them (R-C1).
    case 'ConnectionCreated':
      return event.data.account === account
        ? without(event.data, 'tokenHash')
        : without(event.data, 'tokenHash', 'label', 'description');
    case 'ConnectionPairClaimed':
      return event.data.account === account
        ? without(event.data, 'tokenHash')
        : without(event.data, 'tokenHash', 'label');
    case 'ConnectionTokenReissued':
      return actor === account ? without(event.data, 'tokenHash') : undefined;
    case 'ConnectionAuthenticated':
      return event.data.account === account ? event.data : without(event.data, 'label');
    case 'ConnectionRenamed':
      return event.data.account === account ? event.data : undefined;
    case 'ConnectionCancelled':
    case 'ConnectionEnded':
      return event.data;

    // The logbook is everyone's, where each keeps the installation is its own (R-G1, R-G2).
    case 'InstallationRegistered':
      return event.data.account === account ? event.data : without(event.data, 'placement');
    case 'InstallationMoved':
    case 'InstallationArchived':
    case 'InstallationRestored':
      return event.data.account === account ? event.data : undefined;
    case 'InstallationPropertiesChanged':
    case 'ActivityAdded':
    case 'ActivityChanged':
    case 'ActivityRemoved':
      return event.data;
    // A grant is for its giver, its holder and the root.
    case 'InstallationAccessGranted': {
      const { giver, holder } = event.data.grant;
      if (holder === account) return event.data;
      return giver === account || root === account ? without(event.data, 'placement') : undefined;
    }
    case 'InstallationAccessWithdrawn': {
      const { giver, holder, cause } = event.data;
      if (![giver, holder, root].includes(account)) return undefined;
      return { ...event.data, cause: causeFor(cause, account) };
    }
    case 'InstallationAccessBlocked':
      return event.data.holder === account || root === account ? event.data : undefined;

    // Where the requester puts what it takes over is its own affair (R-G2); it alone confirms steps.
    case 'ShareProcessingConfirmed': {
      if (actor === account) return event.data;
      const { shareId, stepId, installations } = event.data;
      return { shareId, stepId, installations };
    }
    case 'ShareInstallationsConfirmed': {
      if (actor === account) return event.data;
      const { installations, ...data } = event.data;
      return { ...data, installations: installations.map(({ installationId }) => ({ installationId })) };
    }
    // How far the provider's catalogue has been read is nobody's affair, and what it left out is its own; what the
    // items hold the package itself tells, once it is complete and as long as they are not blocked.
    case 'SharePackageBatchCollected': {
      if (actor === account) return without(event.data, 'cursor');
      const { shareId, batch, items } = event.data;
      return { shareId, batch, items: items.map(({ installationId }) => ({ installationId })) };
    }
    case 'ShareItemsWithdrawn':
      return { ...event.data, cause: causeFor(event.data.cause, account) };
    case 'ShareRequested':
    case 'ShareRejected':
    case 'ShareCancelled':
    case 'ShareApproved':
    case 'SharePreparationStarted':
    case 'SharePackageCompleted':
    case 'ShareItemsDeclined':
    case 'ShareItemsPlaced':
    case 'ShareStepImported':
    case 'ShareProcessed':
    case 'SharePartlyRevoked':
    case 'ShareRevoked':
      return event.data;
    default:
      return unreachable(event);
  }
}

/** Of a decision further up only that it was taken, and by whom: its share and its reason are for those it was between. */
export function causeFor(cause: Omit<WithdrawalCause, 'grantId'>, account: string): object {
  if (cause.kind !== 'cascade' || cause.account === account) return cause;
  return { kind: cause.kind, account: cause.account };
}

function without<Data extends object>(data: Data, ...names: readonly (keyof Data)[]): object {
  return Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name as keyof Data)));
}
