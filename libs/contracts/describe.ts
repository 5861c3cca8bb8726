import type { AccessType, GrantRefusal, RevocationTerms } from '#domain/installation';
import { type Instant, unreachable } from '#domain/kernel';
import type { ItemWithdrawalCause, ShareRevoked } from '#domain/share';
import type { WebhookDisabled } from '#domain/webhook';
import { ENDS_CONNECTION, processUser } from './metadata.ts';
import type { Recorded } from './registry.ts';

/**
 * What happened, in one sentence, for everyone who may see the event: it never contains a token's hash, nor what
 * only one party may know, such as labels, references, placements, and the selection (R-C1, R-G2, R-A2).
 * @param names the name of an account by its id
 */
export function describe(event: Recorded, names: (accountId: string) => string): string {
  // A name such as "B.V." ends in a full stop already.
  return sentenceOf(event, names).replace(/\.\.$/, '.');
}

function sentenceOf(event: Recorded, names: (accountId: string) => string): string {
  const actor = names(event.metadata.actor.account);
  switch (event.type) {
    case 'AccountRegistered':
      return `${actor} registered ${event.data.name} as a ${event.data.kind} account.`;
    case 'AccountDetailsChanged':
      return `${actor} changed its name or company details.`;

    case 'ConnectionCreated':
      return `${names(event.data.account)} created a connection; its one-time token works until ${timeInWords(event.data.expiresAt)}.`;
    case 'ConnectionTokenReissued':
      return `${actor} issued a new one-time token, which works until ${timeInWords(event.data.expiresAt)}.`;
    case 'ConnectionTokenUsed':
      return `${names(event.data.account)} used the one-time token of the connection.`;
    case 'ConnectionAuthenticated':
      return `${names(event.data.account)} authenticated with the one-time token: the connection is active.`;
    case 'ConnectionRenamed':
      return `${names(event.data.account)} changed its own label of the connection.`;
    case 'ConnectionCancelled':
      return event.data.reason === 'already-connected'
        ? 'The connection was cancelled: its two accounts are connected by another one.'
        : `${actor} cancelled the connection.`;
    case 'ConnectionEnded':
      return event.data.revokeShares
        ? `${names(event.data.account)} ended the connection and revokes what it gave and may still revoke.`
        : `${names(event.data.account)} ended the connection; shares already approved live on.`;
    case 'ConnectionPairClaimed': {
      const [one, other] = event.data.accounts;
      return `${names(event.data.account)} reserved the connection between ${names(one)} and ${names(other)}.`;
    }

    case 'CustomerAdded':
    case 'LocationAdded':
    case 'BuildingAdded': {
      const { account, details, copiedFrom } = event.data;
      const origin = copiedFrom ? ', copied from a share' : '';
      return `${names(account)} added the ${ENTRY_KINDS[event.type]} ${quoted(details.name)}${origin}.`;
    }
    case 'CustomerChanged':
    case 'LocationChanged':
    case 'BuildingChanged':
      return `${names(event.data.account)} changed a ${ENTRY_KINDS[event.type]}: ${fields(event.data.changes)}.`;

    case 'InstallationRegistered':
      return `${names(event.data.account)} registered the installation ${event.data.token}.`;
    case 'InstallationPropertiesChanged':
      return `${names(event.data.account)} changed the installation: ${fields(event.data.changes)}.`;
    case 'InstallationMoved':
      return `${names(event.data.account)} changed where and under which reference it keeps the installation.`;
    case 'InstallationArchived':
      return `${names(event.data.account)} archived the installation in its own catalogue.`;
    case 'InstallationRestored':
      return `${names(event.data.account)} took the installation out of its own archive.`;
    case 'ActivityAdded': {
      const { account, activity, document } = event.data;
      const issued = document ? `, document ${document.number} issued by ${document.issuedBy.name}` : '';
      return `${names(account)} added to the logbook: ${words(activity.kind)} of ${activity.performedOn}, ${quoted(activity.summary)}${issued}.`;
    }
    case 'ActivityChanged':
      return `${names(event.data.account)} changed an entry of the logbook: ${fields(event.data.changes)}.`;
    case 'ActivityRemoved':
      return `${names(event.data.account)} removed an entry of the logbook.`;
    case 'InstallationAccessGranted': {
      const { giver, holder, accessType, revocation, until } = event.data.grant;
      return `${names(giver)} gave ${names(holder)} access to the installation ${asType(accessType)}, ${revocable(revocation)}${ending(until)}.`;
    }
    case 'InstallationAccessExtended': {
      const { giver, holder, until } = event.data;
      return `${names(giver)} extended the access of ${names(holder)} to the installation until ${timeInWords(until)}.`;
    }
    case 'InstallationAccessWithdrawn':
      return `The access of ${names(event.data.holder)} to the installation ended: ${why(event.data.cause, names)}.`;
    case 'InstallationAccessBlocked':
      return `The access of ${names(event.data.holder)} to the installation was revoked before it began.`;

    case 'ShareRequested': {
      const { requester, provider, name, suggestedLevel } = event.data;
      return `${names(requester)} asked ${names(provider)} for the share ${quoted(name)}, suggesting the ${suggestedLevel} level.`;
    }
    case 'ShareRejected':
      return `${actor} rejected the request${because(event.data.reason)}.`;
    case 'ShareCancelled':
      return event.data.cause === 'requester'
        ? `${actor} cancelled the request.`
        : 'The request was cancelled, because the connection ended.';
    case 'ShareApproved': {
      const { level, terms } = event.data;
      const documents = terms.documentIdentity === 'giver' ? ', documents carrying the giver’s details' : '';
      return `${actor} approved the share at ${level} level, ${asType(terms.accessType)}, ${revocable(terms.revocation)}${ending(terms.until)}${documents}.`;
    }
    case 'SharePreparationStarted':
      return 'The preparation of the package started.';
    case 'SharePackageBatchCollected': {
      return `${count(event.data.items.length, 'installation')} came into the package.`;
    }
    case 'SharePackageCompleted':
      return `The package became available: ${count(event.data.items, 'installation')}.`;
    case 'ShareProcessingConfirmed':
      return `${actor} confirmed a step: ${count(event.data.installations, 'installation')} to be taken over.`;
    case 'ShareInstallationsConfirmed':
      return `${actor} said where ${count(event.data.installations.length, 'installation')} of a step will be kept.`;
    case 'ShareItemsDeclined':
      return `${actor} declined ${count(event.data.installations.length, 'installation')}.`;
    case 'ShareItemsPlaced':
      return `${were(event.data.installations.length, 'installation')} placed; access began.`;
    case 'ShareStepImported':
      return 'The import of a confirmed step was completed.';
    case 'ShareProcessed':
      return 'The share was processed: every installation is placed, declined or withdrawn.';
    case 'ShareItemsWithdrawn':
      return `${were(event.data.installations.length, 'installation')} withdrawn: ${why(event.data.cause, names)}.`;
    case 'SharePartlyRevoked': {
      const { withdrawn, retained, reason } = event.data;
      return `${actor} revoked a part of the share${byEnding(event)}: ${withdrawn} withdrawn, ${retained} retained${because(reason)}.`;
    }
    case 'ShareRevoked': {
      const { withdrawn, reason } = event.data;
      return isRevocation(event)
        ? `${actor} revoked the share${byEnding(event)}: ${withdrawn} withdrawn${because(reason)}.`
        : `Nothing of the share is left: ${withdrawn} withdrawn${because(reason)}.`;
    }

    case 'ShareExtended':
      return `${actor} extended the share: it ends at ${timeInWords(event.data.until)}.`;
    case 'ShareExpiryAnnounced':
      return `Both parties were notified that the share ends at ${timeInWords(event.data.until)}.`;
    case 'ShareExpired':
      return `The share ended at ${timeInWords(event.data.expiredAt)}, as agreed: ${event.data.withdrawn} withdrawn.`;

    case 'NotificationRead':
      return `${names(event.data.account)} read a notification.`;
    case 'AllNotificationsRead':
      return `${names(event.data.account)} read all its notifications.`;

    case 'CatalogueImportStarted':
      return `${names(event.data.account)} began to import a catalogue file.`;
    case 'CatalogueRowsReceived': {
      const { rows, errors } = event.data;
      return `${were(rows.length, 'row')} received, with ${count(errors.length, 'error')}.`;
    }
    case 'CatalogueFileReceived':
      return `The whole file was received: ${count(event.data.rows, 'row')}.`;
    case 'CatalogueImportFailed':
      return `The import failed and nothing was taken over: ${event.data.detail.replace(/\.$/, '')}.`;
    case 'CatalogueBatchJudged': {
      const { rows, errors } = event.data;
      return `${were(rows.length, 'row')} found good to import, with ${count(errors.length, 'error')}.`;
    }
    case 'CatalogueBatchImported': {
      const { created, updated, unchanged, errors } = event.data;
      const others = `${updated} updated, ${unchanged} found there already`;
      return `${were(created, 'installation')} added, ${others}, with ${count(errors.length, 'error')}.`;
    }
    case 'CatalogueImportCompleted':
      return 'The import was completed.';

    case 'WebhookRegistered':
      return `${names(event.data.account)} registered a webhook.`;
    case 'WebhookChanged':
      return `${names(event.data.account)} changed a webhook: ${fields(event.data.changes)}.`;
    case 'WebhookSecretRotated':
      return `${names(event.data.account)} gave a webhook another secret; the former one is valid until ${timeInWords(event.data.formerUntil)}.`;
    case 'WebhookEnabled':
      return `${names(event.data.account)} enabled a webhook.`;
    case 'WebhookDisabled':
      return whyDisabled(event.data, names(event.data.account));
    case 'WebhookReplayRequested':
      return `${names(event.data.account)} asked for earlier changes to be sent to a webhook again.`;
    case 'WebhookTestRequested':
      return `${names(event.data.account)} tested a webhook.`;
    case 'WebhookRetryRequested':
      return `${names(event.data.account)} asked for a delivery of a webhook to be tried again.`;
    case 'WebhookRemoved':
      return `${names(event.data.account)} removed a webhook.`;

    case 'DataSubjectErasureRequested':
      return `${names(event.data.account)} asked that a person be erased from what it recorded.`;
    case 'DataSubjectErased':
      return `A person was erased from what ${names(event.data.account)} recorded: it cannot be read any more.`;

    case 'FlowResumed':
      return `An operator resumed ${event.data.process}, which was stuck.`;

    case 'CommandHadNoEffect':
      return `${actor} asked for what was so already.`;
    default:
      return unreachable(event);
  }
}

/** In characters: the longest quotation in a sentence. */
const MAX_QUOTED = 200;

const ENTRY_KINDS = {
  CustomerAdded: 'customer',
  CustomerChanged: 'customer',
  LocationAdded: 'location',
  LocationChanged: 'location',
  BuildingAdded: 'building',
  BuildingChanged: 'building',
} as const;

function why(cause: ItemWithdrawalCause, names: (accountId: string) => string): string {
  if (cause.kind === 'refused') return `access could not begin, because ${whyRefused(cause.code)}`;
  const account = names(cause.account);
  switch (cause.kind) {
    case 'revoked':
      return `revoked by ${account}${because(cause.reason)}`;
    case 'returned':
      return `given back by ${account}`;
    case 'expired':
      return `its agreed end came, as approved by ${account}`;
    case 'cascade':
      return `the access it was given on from ended by a decision of ${account}`;
    default:
      return unreachable(cause);
  }
}

/** Whether its giver revoked the share, directly or by ending the connection; else all its access ended for other causes. */
export function isRevocation({ metadata }: Recorded<ShareRevoked>): boolean {
  return metadata.actor.role !== 'system' || followsEndOfConnection({ metadata });
}

/** Whether it was done because the account it was done for ended the connection (R-C4). */
export function followsEndOfConnection({ metadata }: Pick<Recorded, 'metadata'>): boolean {
  return metadata.actor.user === processUser(ENDS_CONNECTION);
}

function byEnding(event: Recorded): string {
  return followsEndOfConnection(event) ? ' by ending the connection' : '';
}

function whyDisabled({ reason, since }: WebhookDisabled['data'], account: string): string {
  switch (reason) {
    case 'asked':
      return `${account} disabled a webhook.`;
    case 'failing':
      return `A webhook was disabled: every delivery failed${since === undefined ? '' : ` since ${timeInWords(since)}`}.`;
    case 'gone':
      return 'A webhook was disabled: its receiver said that it is gone.';
    default:
      return unreachable(reason);
  }
}

/** Why access that was given could not begin, for both parties (R-A2, R-A3). */
export function whyRefused(code: GrantRefusal): string {
  switch (code) {
    case 'not-yours':
      return 'the giver has no access any more';
    case 'access-type-not-givable':
      return 'the giver may not give this type of access any more';
    case 'already-shared':
      return 'the receiver has access from the same giver already';
    case 'requester-above':
      return 'the giver has its own access from the receiver';
    default:
      return unreachable(code);
  }
}

function because(reason: string | undefined): string {
  return reason ? `, saying ${quoted(reason)}` : '';
}

function asType(type: AccessType): string {
  return type === 'on-loan' ? 'on loan' : `as ${words(type)}`;
}

function ending(until: Instant | undefined): string {
  return until === undefined ? '' : `, ending at ${timeInWords(until)}`;
}

function revocable(terms: RevocationTerms): string {
  if (terms.kind === 'any-time') return 'revocable at any time';
  const start = terms.from === 'placed' ? 'an installation is placed' : 'the approval';
  return `revocable for ${duration(terms.milliseconds)} after ${start}`;
}

const UNITS = [
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const;

/** A duration in the largest unit that expresses it exactly. */
function duration(milliseconds: number): string {
  const unit = UNITS.find(([size]) => milliseconds % size === 0);
  return unit ? count(milliseconds / unit[0], unit[1]) : `${milliseconds} ms`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

function were(number: number, thing: string): string {
  return `${count(number, thing)} ${number === 1 ? 'was' : 'were'}`;
}

function fields(changes: object): string {
  return Object.keys(changes).map(words).join(', ');
}

/** A kebab-case name in words. */
function words(name: string): string {
  return name.replaceAll('-', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The beginning of a text, on one line. */
function quoted(text: string): string {
  const characters = [...text.trim().replaceAll(/\s+/g, ' ')];
  const shown = characters.length > MAX_QUOTED ? [...characters.slice(0, MAX_QUOTED - 1), '…'] : characters;
  return `“${shown.join('')}”`;
}

/** A time as it is written in sentences. */
export function timeInWords(instant: Instant): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
