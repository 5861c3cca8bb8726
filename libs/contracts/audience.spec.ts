import { describe, expect, it } from '@jest/globals';
import { CONTRACTOR, OWNER, SUBCONTRACTOR, TOKEN_HASH } from '../../test/compatibility/expected.ts';
import { sample } from '../../test/compatibility/samples.ts';
import type { Viewer } from './audience.ts';
import { eventTypes } from './events.ts';
import { redactFor, redactForAuditor, visibleTo } from './redaction.ts';
import type { Recorded, TesseraEvent } from './registry.ts';

type Type = TesseraEvent['type'];

/** What is hidden of an event: all of it, nothing, or these fields. */
type Hidden = 'all' | 'nothing' | readonly string[];

const all = 'all';
const nothing = 'nothing';

/**
 * The owner is the root and the provider, the contractor the holder and the requester; both are parties to every
 * stream here that has two. Some events are the owner's doing and some the contractor's, as their samples have it.
 */
const table: Readonly<Record<Type, { readonly owner: Hidden; readonly contractor: Hidden }>> = {
  AccountRegistered: { owner: nothing, contractor: all },
  AccountDetailsChanged: { owner: nothing, contractor: all },

  ConnectionCreated: { owner: ['label', 'description', 'tokenHash'], contractor: ['tokenHash'] },
  ConnectionTokenReissued: { owner: all, contractor: ['tokenHash'] },
  ConnectionTokenUsed: { owner: nothing, contractor: ['label'] },
  ConnectionAuthenticated: { owner: nothing, contractor: ['label'] },
  ConnectionRenamed: { owner: nothing, contractor: all },
  ConnectionCancelled: { owner: nothing, contractor: nothing },
  ConnectionEnded: { owner: nothing, contractor: nothing },
  ConnectionPairClaimed: { owner: ['tokenHash'], contractor: ['tokenHash', 'label'] },

  CustomerAdded: { owner: all, contractor: nothing },
  CustomerChanged: { owner: all, contractor: nothing },
  LocationAdded: { owner: all, contractor: nothing },
  LocationChanged: { owner: all, contractor: nothing },
  BuildingAdded: { owner: all, contractor: nothing },
  BuildingChanged: { owner: all, contractor: nothing },

  InstallationRegistered: { owner: nothing, contractor: ['placement'] },
  InstallationPropertiesChanged: { owner: nothing, contractor: nothing },
  InstallationMoved: { owner: all, contractor: nothing },
  InstallationArchived: { owner: all, contractor: nothing },
  InstallationRestored: { owner: all, contractor: nothing },
  ActivityAdded: { owner: nothing, contractor: nothing },
  ActivityChanged: { owner: nothing, contractor: nothing },
  ActivityRemoved: { owner: nothing, contractor: nothing },
  InstallationAccessGranted: { owner: ['placement'], contractor: nothing },
  InstallationAccessExtended: { owner: nothing, contractor: nothing },
  InstallationAccessWithdrawn: { owner: nothing, contractor: nothing },
  InstallationAccessBlocked: { owner: nothing, contractor: nothing },

  ShareRequested: { owner: nothing, contractor: nothing },
  ShareRejected: { owner: nothing, contractor: nothing },
  ShareCancelled: { owner: nothing, contractor: nothing },
  ShareApproved: { owner: nothing, contractor: ['selection'] },
  SharePreparationStarted: { owner: nothing, contractor: nothing },
  SharePackageBatchCollected: {
    owner: ['cursor'],
    contractor: [
      ...['cursor', 'candidates', 'leftOut'],
      ...['token', 'reference', 'customerReference', 'properties', 'customer', 'location', 'building'],
    ],
  },
  SharePackageCompleted: { owner: nothing, contractor: ['leftOut'] },
  ShareProcessingConfirmed: { owner: ['referenceStyle', 'customers', 'locations'], contractor: nothing },
  ShareInstallationsConfirmed: { owner: ['target', 'reference', 'replaces'], contractor: nothing },
  ShareItemsDeclined: { owner: nothing, contractor: nothing },
  ShareItemsPlaced: { owner: nothing, contractor: nothing },
  ShareStepImported: { owner: nothing, contractor: nothing },
  ShareProcessed: { owner: nothing, contractor: nothing },
  ShareItemsWithdrawn: { owner: nothing, contractor: nothing },
  SharePartlyRevoked: { owner: nothing, contractor: nothing },
  ShareRevoked: { owner: nothing, contractor: nothing },
  ShareExtended: { owner: nothing, contractor: nothing },
  ShareExpiryAnnounced: { owner: nothing, contractor: nothing },
  ShareExpired: { owner: nothing, contractor: nothing },

  NotificationRead: { owner: nothing, contractor: all },
  AllNotificationsRead: { owner: nothing, contractor: all },

  WebhookRegistered: { owner: ['url', 'secretId'], contractor: all },
  WebhookChanged: { owner: ['url'], contractor: all },
  WebhookSecretRotated: { owner: ['secretId'], contractor: all },
  WebhookEnabled: { owner: nothing, contractor: all },
  WebhookDisabled: { owner: nothing, contractor: all },
  WebhookReplayRequested: { owner: nothing, contractor: all },
  WebhookTestRequested: { owner: nothing, contractor: all },
  WebhookRetryRequested: { owner: nothing, contractor: all },
  WebhookRemoved: { owner: nothing, contractor: all },

  DataSubjectErasureRequested: { owner: ['key'], contractor: all },
  DataSubjectErased: { owner: ['key'], contractor: all },

  FlowResumed: { owner: all, contractor: all },

  CommandHadNoEffect: { owner: all, contractor: all },

  CatalogueImportStarted: { owner: nothing, contractor: all },
  CatalogueRowsReceived: { owner: nothing, contractor: nothing },
  CatalogueFileReceived: { owner: nothing, contractor: nothing },
  CatalogueImportFailed: { owner: nothing, contractor: nothing },
  CatalogueBatchJudged: { owner: nothing, contractor: nothing },
  CatalogueBatchImported: { owner: nothing, contractor: nothing },
  CatalogueImportCompleted: { owner: nothing, contractor: nothing },
};

const owner: Viewer = { account: OWNER, root: OWNER };
const contractor: Viewer = { account: CONTRACTOR, root: OWNER };

const rows = Object.entries(table).flatMap(([type, hidden]) => [
  { type: type as Type, party: 'owner', viewer: owner, hidden: hidden.owner },
  { type: type as Type, party: 'contractor', viewer: contractor, hidden: hidden.contractor },
]);

/** The data without the fields of these names, however deep. */
function stripped(data: unknown, names: readonly string[]): unknown {
  return JSON.parse(JSON.stringify(data, (key, value) => (names.includes(key) ? undefined : value)));
}

describe('what a party sees of an event', () => {
  it.each(rows)('$type: from the $party is hidden: $hidden', ({ type, viewer, hidden }) => {
    const event = sample(type) as Recorded;
    const seen = redactFor(event, viewer);
    expect(visibleTo(event, viewer)).toBe(hidden !== all);
    const shown = hidden === all ? undefined : stripped(event.data, hidden === nothing ? [] : hidden);
    expect(seen?.data).toEqual(shown);
  });

  it.each([...eventTypes.keys()])('%s is not modified by filtering', (type) => {
    const event = sample(type) as Recorded;
    redactFor(event, owner);
    redactFor(event, contractor);
    redactForAuditor(event);
    expect(event).toEqual(sample(type));
  });

  it('has no hash of the command: a short label could be guessed from it', () => {
    const event = sample('ConnectionRenamed');
    expect(JSON.stringify(redactFor(event, owner))).not.toContain(event.metadata.commandHash);
    expect(redactFor(event, owner)).not.toHaveProperty('metadata');
  });

  it('has the person who acted, and the service that acted for it, for their own account alone', () => {
    const { metadata, ...requested } = sample('ShareRequested') as Recorded;
    const { account, user, role } = metadata.actor;
    const through = { ...requested, metadata: { ...metadata, actor: { ...metadata.actor, service: 'erp' } } };
    const [own, other] = account === owner.account ? [owner, contractor] : [contractor, owner];
    expect(redactFor(through as Recorded, own)?.actor).toEqual({ account, user, role, service: 'erp' });
    expect(redactFor(through as Recorded, other)?.actor).toEqual({ account, role });
    expect(redactForAuditor(through as Recorded).actor).toEqual({ account, user, role, service: 'erp' });
    expect(redactFor({ ...requested, metadata } as Recorded, own)?.actor).toEqual({ account, user, role });
  });
});

describe('the grants on an installation', () => {
  const granted = sample('InstallationAccessGranted');
  const withdrawn = sample('InstallationAccessWithdrawn');
  const blocked = sample('InstallationAccessBlocked');
  const givenOn = {
    ...granted,
    data: {
      ...granted.data,
      grant: { ...granted.data.grant, giver: CONTRACTOR, holder: SUBCONTRACTOR, parent: 'above' },
    },
  };

  it('are for their giver, their holder and the root', () => {
    const other: Viewer = { account: SUBCONTRACTOR, root: OWNER };
    for (const event of [granted, withdrawn, blocked]) expect(visibleTo(event, other)).toBe(false);
    const strangersRoot: Viewer = { account: OWNER, root: SUBCONTRACTOR };
    expect(visibleTo(givenOn, strangersRoot)).toBe(false);
  });

  it('that are given on are seen by the root too, but without their placement', () => {
    expect(redactFor(givenOn, owner)?.data).toEqual(stripped(givenOn.data, ['placement']));
    expect(redactFor(givenOn, contractor)?.data).toEqual(stripped(givenOn.data, ['placement']));
    expect(redactFor(givenOn, { account: SUBCONTRACTOR })?.data).toEqual(givenOn.data);
  });

  it('that ended by a decision of others show who decided, but neither the share nor the reason', () => {
    const cause = { ...withdrawn.data.cause, kind: 'cascade', account: OWNER } as const;
    const lost = {
      ...withdrawn,
      data: { ...withdrawn.data, giver: CONTRACTOR, holder: SUBCONTRACTOR, cause },
    };
    const redacted = { ...lost.data, cause: { kind: 'cascade', account: OWNER } };
    expect(redactFor(lost, { account: SUBCONTRACTOR })?.data).toEqual(redacted);
    expect(redactFor(lost, contractor)?.data).toEqual(redacted);
    expect(redactFor(lost, owner)?.data).toEqual(lost.data);

    const items = sample('ShareItemsWithdrawn');
    const itemsLost = { ...items, data: { ...items.data, cause } };
    expect(redactFor(itemsLost, contractor)?.data).toMatchObject({
      cause: { kind: 'cascade', account: OWNER },
    });
    expect(JSON.stringify(redactFor(itemsLost, contractor))).not.toContain('not renewed');
  });
});

describe('what nobody sees', () => {
  it.each([...eventTypes.keys()])('%s holds no hash of a token for anyone', (type) => {
    const event = sample(type) as Recorded;
    for (const seen of [redactFor(event, owner), redactFor(event, contractor), redactForAuditor(event)]) {
      expect(JSON.stringify(seen) ?? '').not.toContain(TOKEN_HASH);
    }
  });

  it('is all that is hidden from an auditor', () => {
    for (const type of eventTypes.keys()) {
      const event = sample(type) as Recorded;
      // A URL may hold what lets its bearer in, where it is that of a webhook.
      const hidden = type.startsWith('Webhook') ? ['secretId', 'url'] : ['tokenHash'];
      expect(redactForAuditor(event).data).toEqual(stripped(event.data, hidden));
    }
  });
});

describe('a field without a named audience', () => {
  const fresh = 'a field of tomorrow';

  /** The data with the field, and with it in everything it holds, however deep. */
  function withFresh(data: unknown): unknown {
    if (Array.isArray(data)) return data.map(withFresh);
    if (typeof data !== 'object' || data === null) return data;
    const fields = Object.entries(data).map(([name, value]) => [name, withFresh(value)]);
    return { ...Object.fromEntries(fields), fresh };
  }

  it.each([...eventTypes.keys()])('of %s is shown to nobody', (type) => {
    const known = sample(type) as Recorded;
    const event = { ...known, data: withFresh(known.data) } as Recorded;
    for (const viewer of [owner, contractor]) {
      expect(redactFor(event, viewer)).toEqual(redactFor(known, viewer));
    }
    expect(redactForAuditor(event)).toEqual(redactForAuditor(known));
  });
});
