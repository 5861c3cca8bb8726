import type { TesseraEvent } from '#contracts';
import type { CompanyDetails } from '#domain/account';
import type { Address } from '#domain/catalogue';
import type { CatalogueRow, RowError } from '#domain/import';
import type { InstallationProperties } from '#domain/installation';

type Today<Type extends TesseraEvent['type']> = Extract<TesseraEvent, { type: Type }>['data'];

/** The two companies of the samples, and a third one that comes after them. */
export const OWNER = '0193c2a4-7b00-7a01-8000-000000000001';
export const CONTRACTOR = '0193c2a4-7b00-7a02-8000-000000000002';
export const SUBCONTRACTOR = '0193c2a4-7b00-7a03-8000-000000000003';

/** No sample may lose this: it stands for the hash of a one-time token, which nobody may see (R-C1). */
export const TOKEN_HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const connectionId = '0193c2a4-7b00-7b01-8000-000000000011';
const shareId = '0193c2a4-7b00-7c01-8000-000000000021';
const customerId = '0193c2a4-7b00-7d01-8000-000000000031';
const locationId = '0193c2a4-7b00-7d02-8000-000000000032';
const buildingId = '0193c2a4-7b00-7d03-8000-000000000033';
const copiedCustomerId = '0193c2a4-7b00-7d11-8000-000000000041';
const copiedLocationId = '0193c2a4-7b00-7d12-8000-000000000042';
const copiedBuildingId = '0193c2a4-7b00-7d13-8000-000000000043';
const chiller = '0193c2a4-7b00-7e01-8000-000000000051';
const freezer = '0193c2a4-7b00-7e02-8000-000000000052';
const heatPump = '0193c2a4-7b00-7e03-8000-000000000053';
const archivedUnit = '0193c2a4-7b00-7e04-8000-000000000054';
const activityId = '0193c2a4-7b00-7f01-8000-000000000061';
const grantId = '0193c2a4-7b00-7f02-8000-000000000062';
const stepId = '0193c2a4-7b00-7f03-8000-000000000063';
const importId = '0193c2a4-7b00-7f04-8000-000000000064';
const notificationId = '0193c2a4-7b00-7f05-8000-000000000065';
const erasureId = '0193c2a4-7b00-7f12-8000-000000000072';
const key = 'q3VQ1m6nTgWc0Y5b1r9kHw';
const webhookId = '0193c2a4-7b00-7f11-8000-000000000071';
const deliveryId = '0193c2a4-7b00-7f12-8000-000000000072';

const company: CompanyDetails = {
  name: 'Lakeside Dairies BV',
  vatNumber: 'BE0417497106',
  street: 'Kaai 12',
  postalCode: '9000',
  city: 'Gent',
  country: 'BE',
};
const address: Address = {
  street: 'Melkerijstraat 4',
  postalCode: '9050',
  city: 'Gentbrugge',
  country: 'BE',
  region: 'BE-VLG',
};
const properties: InstallationProperties = {
  serialNumber: 'GX-2041-77',
  brand: 'Polaris',
  model: 'Chill 400',
  type: 'refrigeration',
  refrigerant: 'R-449A',
  chargeKg: 42.5,
  capacityKw: 118,
  hermeticallySealed: false,
  leakDetection: true,
  commissionedOn: '2021-06-14',
};
const terms = {
  accessType: 'installation-manager',
  documentIdentity: 'performer',
  revocation: { kind: 'window', milliseconds: 259_200_000, from: 'placed' },
  approvedAt: '2026-03-03T10:15:00.000Z',
} as const;
const cause = { kind: 'revoked', account: OWNER, shareId, reason: 'The contract was not renewed.' } as const;

/**
 * What each frozen sample means today, by type; the first is version 1, the next version 2, and so on.
 * When the shape of an event changes this no longer compiles: then the event needs a new version, a new sample, and
 * an upcaster that brings the old samples to what is written here.
 */

const importedRow: CatalogueRow = {
  row: 2,
  customer: {
    name: 'Lakeside Dairies',
    vatNumber: 'BE0417497106',
    customerNumber: 'C-1042',
    address,
  },
  location: { name: 'Gentbrugge plant', address },
  building: 'Cold store',
  reference: 'KM-01',
  customerReference: 'Milk 1',
  properties,
};
const chargeError: RowError = {
  row: 3,
  column: 'charge_kg',
  code: 'not-a-number',
  detail: '"lots" is not a number.',
};
export const expected: { readonly [Type in TesseraEvent['type']]: readonly Today<Type>[] } = {
  AccountRegistered: [{ accountId: OWNER, kind: 'connect', name: 'Lakeside Dairies', company }],
  AccountDetailsChanged: [
    {
      accountId: OWNER,
      name: 'Lakeside Dairies',
      company: { ...company, street: 'Kaai 14', certificateNumber: 'BE-VLG-2291' },
    },
  ],

  ConnectionCreated: [
    {
      connectionId,
      account: CONTRACTOR,
      label: 'Dairies, via Peter',
      description: 'Met at the trade fair; wants one contractor for all sites.',
      tokenHash: TOKEN_HASH,
      expiresAt: '2026-03-09T08:00:00.000Z',
    },
  ],
  ConnectionTokenReissued: [{ connectionId, tokenHash: TOKEN_HASH, expiresAt: '2026-03-10T08:00:00.000Z' }],
  ConnectionTokenUsed: [{ connectionId, account: OWNER, label: 'Our cooling people' }],
  ConnectionAuthenticated: [{ connectionId, account: OWNER, label: 'Our cooling people' }],
  ConnectionRenamed: [{ connectionId, account: OWNER, label: 'Nordic (until 2027)' }],
  ConnectionCancelled: [{ connectionId }],
  ConnectionEnded: [{ connectionId, account: OWNER, revokeShares: true }],
  ConnectionPairClaimed: [
    {
      accounts: [OWNER, CONTRACTOR],
      connectionId,
      account: OWNER,
      tokenHash: TOKEN_HASH,
      label: 'Our cooling people',
    },
  ],

  CustomerAdded: [
    {
      customerId: copiedCustomerId,
      account: CONTRACTOR,
      details: {
        name: 'Lakeside Dairies',
        address,
        vatNumber: 'BE0417497106',
        internalName: 'LSD',
        customerNumber: 'C-1042',
        region: 'Gent',
        language: 'nl',
        contact: 'Ann, +32 9 000 00 00',
        labels: ['dairy', '24/7'],
      },
      copiedFrom: { shareId, id: customerId },
    },
  ],
  CustomerChanged: [
    {
      customerId: copiedCustomerId,
      account: CONTRACTOR,
      changes: { name: 'Lakeside Dairies Group', contact: null, labels: ['dairy'] },
    },
  ],
  LocationAdded: [
    {
      locationId: copiedLocationId,
      account: CONTRACTOR,
      customerId: copiedCustomerId,
      details: { name: 'Gentbrugge plant', address, region: 'BE-VLG' },
      copiedFrom: { shareId, id: locationId },
    },
  ],
  LocationChanged: [
    { locationId: copiedLocationId, account: CONTRACTOR, changes: { name: 'Gentbrugge', region: null } },
  ],
  BuildingAdded: [
    {
      buildingId: copiedBuildingId,
      account: CONTRACTOR,
      locationId: copiedLocationId,
      customerId: copiedCustomerId,
      details: { name: 'Cold store', address },
      copiedFrom: { shareId, id: buildingId },
    },
  ],
  BuildingChanged: [
    { buildingId: copiedBuildingId, account: CONTRACTOR, changes: { name: 'Cold store 1', address: null } },
  ],

  InstallationRegistered: [
    {
      installationId: chiller,
      account: OWNER,
      token: 'K7QM-2XWD-94HF',
      properties: {
        ...properties,
        notes: 'Roof access by the north stairs.',
        components: [
          {
            name: 'Compressor 1',
            serialNumber: 'CP-1',
            brand: 'Polaris',
            model: 'S2',
            notes: 'Overhauled 2024.',
          },
          { name: 'Condenser' },
        ],
      },
      placement: { customerId, locationId, buildingId, reference: 'KM-01', customerReference: 'Milk 1' },
    },
  ],
  InstallationPropertiesChanged: [
    { installationId: chiller, account: CONTRACTOR, changes: { chargeKg: 40, notes: null } },
  ],
  InstallationMoved: [
    {
      installationId: chiller,
      account: CONTRACTOR,
      placement: {
        customerId: copiedCustomerId,
        locationId: copiedLocationId,
        buildingId: copiedBuildingId,
        reference: 'NC-1042-1',
      },
    },
  ],
  InstallationArchived: [{ installationId: chiller, account: CONTRACTOR }],
  InstallationRestored: [{ installationId: chiller, account: CONTRACTOR }],
  ActivityAdded: [
    {
      installationId: chiller,
      activityId,
      account: CONTRACTOR,
      activity: {
        kind: 'work-order',
        performedOn: '2026-03-12',
        summary: 'Leak at the liquid line repaired, charge topped up.',
        performedBy: 'J. Maes',
        refrigerantAddedKg: 1.8,
        refrigerantRecoveredKg: 0.2,
        leakFound: true,
        measurements: [{ name: 'Suction pressure', value: 2.1, unit: 'bar' }],
        attachment: {
          name: 'report.pdf',
          mediaType: 'application/pdf',
          sha256: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
          url: 'https://files.example/report.pdf',
        },
      },
      document: { number: 'WO-2026-000017', issuedAt: '2026-03-12T15:30:00.000Z', issuedBy: company },
    },
  ],
  ActivityChanged: [
    {
      installationId: chiller,
      activityId,
      account: CONTRACTOR,
      changes: { summary: 'Leak at the suction line repaired, charge topped up.', attachment: null },
    },
  ],
  ActivityRemoved: [{ installationId: chiller, activityId, account: CONTRACTOR }],
  InstallationAccessGranted: ['2026-03-05T09:30:00.000Z', '2026-03-05T09:30:00.417Z'].map((grantedAt) => ({
    installationId: chiller,
    grant: {
      grantId,
      giver: OWNER,
      holder: CONTRACTOR,
      shareId,
      ...terms,
      grantedAt,
    },
    placement: {
      customerId: copiedCustomerId,
      locationId: copiedLocationId,
      buildingId: copiedBuildingId,
      reference: 'Milk 1',
      customerReference: 'KM-01',
    },
  })),
  InstallationAccessWithdrawn: [
    {
      installationId: chiller,
      grantId,
      shareId,
      giver: OWNER,
      holder: CONTRACTOR,
      cause: { ...cause, grantId },
      withdrawnAt: '2026-03-07T11:00:00.000Z',
    },
  ],
  InstallationAccessExtended: [
    {
      installationId: chiller,
      grantId,
      shareId,
      giver: OWNER,
      holder: CONTRACTOR,
      until: '2026-09-30T22:00:00.000Z',
    },
  ],
  InstallationAccessBlocked: [
    {
      installationId: chiller,
      grantId: '0193c2a4-7b00-7f06-8000-000000000066',
      shareId: '0193c2a4-7b00-7c02-8000-000000000022',
      holder: CONTRACTOR,
    },
  ],

  ShareRequested: [
    {
      shareId,
      connectionId,
      requester: CONTRACTOR,
      provider: OWNER,
      name: 'Gentbrugge maintenance 2026',
      explanation: 'We take over from 1 April.',
      suggestedLevel: 'customer',
      requestedAt: '2026-03-02T09:00:00.000Z',
    },
  ],
  ShareRejected: [
    { shareId, reason: 'Please ask for one location only.', rejectedAt: '2026-03-03T10:00:00.000Z' },
  ],
  ShareCancelled: [{ shareId, cause: 'connection-ended', cancelledAt: '2026-03-03T10:00:00.000Z' }],
  ShareApproved: [{ shareId, level: 'location', selection: [locationId], terms }],
  SharePreparationStarted: [{ shareId }],
  SharePackageBatchCollected: [
    {
      shareId,
      batch: 0,
      items: [
        {
          installationId: chiller,
          token: 'K7QM-2XWD-94HF',
          reference: 'KM-01',
          customerReference: 'Milk 1',
          properties,
          customer: { id: customerId, name: 'Lakeside Dairies', vatNumber: 'BE0417497106', address },
          location: { id: locationId, name: 'Gentbrugge plant', address, region: 'BE-VLG' },
          building: { id: buildingId, name: 'Cold store', address },
        },
        {
          installationId: freezer,
          token: 'T4PA-88RC-KXN3',
          reference: 'KM-02',
          properties: {},
          location: { id: locationId, name: 'Gentbrugge plant', address },
        },
        {
          installationId: heatPump,
          token: 'W9DE-3JUV-Y6BG',
          reference: 'HP-01',
          properties: { type: 'heat-pump' },
          location: { id: locationId, name: 'Gentbrugge plant', address },
          building: { id: buildingId, name: 'Cold store' },
        },
      ],
      leftOut: [{ installationId: archivedUnit, code: 'archived' }],
      cursor: `${locationId}/500`,
      candidates: 4,
    },
  ],
  SharePackageCompleted: [{ shareId, items: 3, leftOut: 1, availableAt: '2026-03-03T10:15:04.000Z' }],
  ShareProcessingConfirmed: [
    {
      shareId,
      stepId,
      referenceStyle: 'customer',
      customers: [{ source: customerId, target: { create: copiedCustomerId } }],
      locations: [{ source: locationId, target: { create: copiedLocationId, customerId: copiedCustomerId } }],
      installations: 2,
    },
  ],
  ShareInstallationsConfirmed: [
    {
      shareId,
      stepId,
      batch: 0,
      installations: [
        {
          installationId: chiller,
          target: {
            newBuilding: { id: copiedBuildingId, name: 'Cold store', locationId: copiedLocationId },
          },
          reference: 'Milk 1',
        },
        { installationId: freezer, target: { followsLocation: true } },
      ],
    },
    {
      shareId,
      stepId,
      batch: 0,
      installations: [
        {
          installationId: chiller,
          target: {
            newBuilding: { id: copiedBuildingId, name: 'Cold store', locationId: copiedLocationId },
          },
          reference: 'Milk 1',
        },
        {
          installationId: freezer,
          target: { followsLocation: true },
          replaces: '0193c2a4-7b00-7e09-8000-000000000059',
        },
      ],
    },
  ],
  ShareItemsDeclined: [{ shareId, installations: [heatPump] }],
  ShareItemsPlaced: [
    { shareId, stepId, installations: [chiller, freezer], placedAt: '2026-03-05T09:30:00.000Z' },
  ],
  ShareStepImported: [{ shareId, stepId }],
  ShareProcessed: [{ shareId, processedAt: '2026-03-05T09:30:01.000Z' }],
  ShareItemsWithdrawn: [
    {
      shareId,
      installations: [freezer],
      from: { offered: 0, placing: 0, placed: [{ placedAt: '2026-03-05T09:30:00.000Z', count: 1 }] },
      cause,
      withdrawnAt: '2026-03-07T11:00:00.000Z',
    },
    {
      shareId,
      installations: [freezer],
      from: { offered: 0, placing: 0, placed: [{ placedAt: '2026-03-05T09:30:00.000Z', count: 1 }] },
      cause,
      withdrawnAt: '2026-03-07T11:00:00.000Z',
    },
  ],
  SharePartlyRevoked: [
    {
      shareId,
      withdrawn: 1,
      retained: 1,
      reason: 'The contract was not renewed.',
      revokedAt: '2026-03-07T11:00:00.000Z',
    },
  ],
  ShareRevoked: [
    {
      shareId,
      withdrawn: 2,
      reason: 'The contract was not renewed.',
      revokedAt: '2026-03-07T11:00:00.000Z',
    },
  ],

  ShareExtended: [{ shareId, until: '2026-09-30T22:00:00.000Z', extendedAt: '2026-06-01T08:00:00.000Z' }],
  ShareExpiryAnnounced: [
    {
      shareId,
      until: '2026-09-30T22:00:00.000Z',
      daysBefore: 7,
      announcedAt: '2026-09-23T22:00:00.004Z',
    },
  ],
  ShareExpired: [{ shareId, withdrawn: 2, expiredAt: '2026-09-30T22:00:00.000Z' }],

  NotificationRead: [{ account: OWNER, notificationId }],
  AllNotificationsRead: [{ account: OWNER }, { account: OWNER }],

  WebhookRegistered: [
    {
      webhookId,
      account: OWNER,
      url: 'https://hooks.example.com/tessera',
      types: ['share.requested', 'share.revoked'],
      description: 'To the planning system.',
      secretId: '0193c2a5-0061-7000-8000-0000000000c1',
    },
  ],
  WebhookChanged: [
    {
      webhookId,
      account: OWNER,
      changes: { url: 'https://hooks.example.com/planning', types: null },
    },
  ],
  WebhookSecretRotated: [
    {
      webhookId,
      account: OWNER,
      secretId: '0193c2a5-0063-7000-8000-0000000000c1',
      formerUntil: '2026-03-03T08:00:00.000Z',
    },
  ],
  WebhookDisabled: [{ webhookId, account: OWNER, reason: 'failing', since: '2026-03-01T08:00:00.000Z' }],
  WebhookEnabled: [{ webhookId, account: OWNER }],
  WebhookReplayRequested: [{ webhookId, account: OWNER, after: 4_711 }],
  WebhookTestRequested: [{ webhookId, account: OWNER, deliveryId }],
  WebhookRetryRequested: [{ webhookId, account: OWNER, deliveryId }],
  WebhookRemoved: [{ webhookId, account: OWNER }],

  CommandHadNoEffect: [{}],

  CatalogueImportStarted: [
    { importId, account: OWNER, existing: 'keep', startedAt: '2026-03-01T07:00:00.000Z' },
    {
      importId,
      account: OWNER,
      existing: 'update',
      file: {
        columns: [
          'reference',
          'customer_name',
          'location_name',
          'location_street',
          'location_city',
          'charge_kg',
        ],
        separator: ';',
        sha256: '0b4f6f3f4b2c5d1f7f0f6c2f6f4c8b8d2b3c6d4e5f60718293a4b5c6d7e8f901',
      },
      startedAt: '2026-03-01T07:00:00.000Z',
    },
  ],
  CatalogueRowsReceived: [
    {
      importId,
      batch: 1,
      rows: [importedRow],
      rejected: [],
      errors: [chargeError],
    },
    {
      importId,
      batch: 1,
      rows: [importedRow],
      rejected: [
        {
          row: 3,
          cells: ['KM-02', 'Lakeside Dairies', 'Gentbrugge plant', 'Melkerijstraat 4', 'Gentbrugge', 'lots'],
        },
      ],
      errors: [chargeError],
    },
  ],
  CatalogueFileReceived: [{ importId, rows: 2, batches: 1 }],
  CatalogueImportFailed: [{ importId, code: 'unknown-column', detail: 'Column "colour" is not known.' }],
  CatalogueBatchJudged: [
    {
      importId,
      batch: 1,
      rows: [
        {
          row: 2,
          outcome: 'created',
          installationId: chiller,
          customerId,
          locationId,
          buildingId,
          adds: ['customer', 'location', 'building'],
        },
        {
          row: 4,
          outcome: 'unchanged',
          installationId: freezer,
          completes: { customerId: copiedCustomerId, vatNumber: 'BE0417497106' },
        },
      ],
      errors: [
        {
          row: 5,
          column: 'reference',
          code: 'repeated-row',
          detail: 'Row 2 has this reference at the same customer, and says something else.',
        },
      ],
    },
  ],
  CatalogueBatchImported: [
    {
      importId,
      batch: 1,
      created: 0,
      updated: 0,
      unchanged: 0,
      errors: [{ row: 2, column: 'reference', code: 'reference-in-use', detail: 'KM-01 is in use.' }],
    },
    { importId, batch: 1, created: 1, updated: 0, unchanged: 0, errors: [] },
  ],
  CatalogueImportCompleted: [{ importId, completedAt: '2026-03-01T07:00:09.000Z' }],
  DataSubjectErasureRequested: [
    { erasureId, account: OWNER, key, reason: 'requested', requestedAt: '2026-03-02T08:30:00.000Z' },
  ],
  DataSubjectErased: [{ erasureId, account: OWNER, key, erasedAt: '2026-03-02T08:30:00.000Z' }],
  FlowResumed: [
    {
      resumptionId: '0193c2a4-7b00-7f12-8000-000000000073',
      process: 'prepare-package',
      key: shareId,
      begun: { stream: `share-${shareId}`, revision: 1 },
      resumedAt: '2026-03-02T08:40:00.000Z',
    },
  ],
};
