import type { TesseraEvent } from '#contracts';
import { account } from '#domain/account';
import { building, customer, location } from '#domain/catalogue';
import { connection, connectionPair } from '#domain/connection';
import { erasure } from '#domain/erasure';
import { resumption } from '#domain/flow';
import { catalogueImport } from '#domain/import';
import { inbox } from '#domain/inbox';
import { installation } from '#domain/installation';
import { type Decider, fold } from '#domain/kernel';
import { share } from '#domain/share';
import { webhook } from '#domain/webhook';
import type { RecordedEvent } from '#event-store';
import { CONTRACTOR, OWNER } from './expected.ts';
import { sample, samples } from './samples.ts';

/** What happened to one thing, as frozen events tell it. */
export interface Story {
  /** In the order in which they stand in a stream. */
  readonly types: readonly TesseraEvent['type'][];
  /** What is known once they are replayed as they were stored first, or as they are stored now. */
  readonly replay: (stored: 'first' | 'current') => unknown;
  readonly known: object;
}

function story<State, Event extends TesseraEvent>(
  decider: Pick<Decider<State, never, Event, never>, 'initial' | 'evolve'>,
  types: readonly Event['type'][],
  known: object,
): Story {
  const replay = (stored: 'first' | 'current') => {
    const events = types.map((type) => sample(type, stored === 'first' ? 1 : undefined) as unknown as Event);
    return fold(decider, decider.initial, events);
  };
  return { types, replay, known };
}

const collected = [
  'ShareRequested',
  'ShareApproved',
  'SharePreparationStarted',
  'SharePackageBatchCollected',
  'SharePackageCompleted',
] as const;
const placed = [
  ...collected,
  'ShareProcessingConfirmed',
  'ShareInstallationsConfirmed',
  'ShareItemsDeclined',
  'ShareItemsPlaced',
  'ShareStepImported',
  'ShareProcessed',
] as const;

/** Between them they tell every type of event. */
export const stories: readonly Story[] = [
  story(account, ['AccountRegistered', 'AccountDetailsChanged'], {
    status: 'registered',
    company: { street: 'Kaai 14', certificateNumber: 'BE-VLG-2291' },
  }),
  story(
    connection,
    ['ConnectionCreated', 'ConnectionTokenReissued', 'ConnectionTokenUsed', 'ConnectionCancelled'],
    { status: 'cancelled', creator: CONTRACTOR, acceptor: OWNER },
  ),
  story(
    connection,
    ['ConnectionCreated', 'ConnectionAuthenticated', 'ConnectionRenamed', 'ConnectionEnded'],
    {
      status: 'ended',
      creator: CONTRACTOR,
      acceptor: OWNER,
      endedBy: OWNER,
      creatorLabel: 'Dairies, via Peter',
      acceptorLabel: 'Nordic (until 2027)',
    },
  ),
  story(connectionPair, ['ConnectionPairClaimed'], { status: 'claimed', account: OWNER }),
  story(customer, ['CustomerAdded', 'CustomerChanged'], {
    status: 'kept',
    details: { name: 'Lakeside Dairies Group', labels: ['dairy'] },
  }),
  story(location, ['LocationAdded', 'LocationChanged'], { status: 'kept', details: { name: 'Gentbrugge' } }),
  story(building, ['BuildingAdded', 'BuildingChanged'], {
    status: 'kept',
    details: { name: 'Cold store 1' },
  }),
  story(
    installation,
    [
      'InstallationRegistered',
      'InstallationAccessGranted',
      'InstallationPropertiesChanged',
      'InstallationMoved',
      'InstallationArchived',
      'InstallationRestored',
      'ActivityAdded',
      'ActivityChanged',
      'InstallationAccessExtended',
      'InstallationAccessWithdrawn',
      'InstallationAccessBlocked',
    ],
    {
      status: 'registered',
      properties: { chargeKg: 40 },
      placements: { [CONTRACTOR]: { archived: true, placement: { reference: 'NC-1042-1' } } },
      tree: {
        root: OWNER,
        grants: [{ until: '2026-09-30T22:00:00.000Z', withdrawal: { cause: { kind: 'revoked' } } }],
      },
      blockedGrants: ['0193c2a4-7b00-7f06-8000-000000000066'],
      logbook: [
        { status: 'kept', activity: { summary: 'Leak at the suction line repaired, charge topped up.' } },
      ],
    },
  ),
  story(installation, ['InstallationRegistered', 'ActivityAdded', 'ActivityRemoved'], {
    logbook: [{ status: 'removed' }],
  }),
  story(share, ['ShareRequested', 'ShareRejected'], { summary: { status: 'rejected' } }),
  story(share, ['ShareRequested', 'ShareCancelled'], { summary: { status: 'cancelled' } }),
  story(share, collected, { summary: { status: 'available', leftOut: 1, counts: { total: 3, offered: 3 } } }),
  story(share, placed, { summary: { status: 'processed', counts: { placed: 2, declined: 1 } } }),
  story(share, [...placed, 'ShareItemsWithdrawn', 'SharePartlyRevoked'], {
    summary: { status: 'processed', partlyRevoked: true, counts: { placed: 1, withdrawn: 1 } },
  }),
  story(share, [...placed, 'ShareItemsWithdrawn', 'ShareRevoked'], { summary: { status: 'revoked' } }),
  story(share, [...placed, 'ShareExtended', 'ShareExpiryAnnounced', 'ShareItemsWithdrawn', 'ShareExpired'], {
    summary: {
      status: 'expired',
      expiresAt: '2026-09-30T22:00:00.000Z',
      announced: { until: '2026-09-30T22:00:00.000Z', daysBefore: 7 },
    },
  }),
  story(inbox, ['NotificationRead', 'AllNotificationsRead'], { read: new Set() }),
  story(catalogueImport, ['CatalogueImportStarted', 'CatalogueImportFailed'], { status: 'failed' }),
  story(
    catalogueImport,
    [
      'CatalogueImportStarted',
      'CatalogueRowsReceived',
      'CatalogueFileReceived',
      'CatalogueBatchJudged',
      'CatalogueBatchImported',
      'CatalogueImportCompleted',
    ],
    { status: 'completed', rows: 2, batches: 1 },
  ),
  story(
    webhook,
    [
      'WebhookRegistered',
      'WebhookChanged',
      'WebhookSecretRotated',
      'WebhookDisabled',
      'WebhookEnabled',
      'WebhookReplayRequested',
      'WebhookTestRequested',
      'WebhookRetryRequested',
    ],
    {
      status: 'enabled',
      settings: { url: 'https://hooks.example.com/planning', description: 'To the planning system.' },
      run: 3,
      replay: { number: 1, after: 4_711 },
    },
  ),
  story(webhook, ['WebhookRegistered', 'WebhookRemoved'], { status: 'removed', account: OWNER }),
  story(erasure, ['DataSubjectErasureRequested', 'DataSubjectErased'], { status: 'erased', account: OWNER }),
  story(resumption, ['FlowResumed'], { status: 'resumed' }),
];

/** What every story stands on. */
const BEFORE = [
  'AccountRegistered',
  'ConnectionCreated',
  'ConnectionAuthenticated',
  'CustomerAdded',
  'LocationAdded',
  'BuildingAdded',
  'InstallationRegistered',
] as const;

/** The log of a story, after what it stands on, all as it was stored first; the places of events in it are not told. */
export function storedLog(types: readonly TesseraEvent['type'][]): readonly RecordedEvent[] {
  const recorded = types.map((type) => samples.stored(type, 1));
  const streams = new Set(recorded.map(({ stream }) => stream));
  const before = BEFORE.map((type) => samples.stored(type, 1)).filter(({ stream }) => !streams.has(stream));
  return [...before, ...recorded];
}
