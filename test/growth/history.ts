// The history of one company that has much of everything: `size` of each kind of thing that a list or an answer is of.
import { serialise, type TesseraEvent } from '#contracts';
import type { AccessType, Grant } from '#domain/installation';
import { ITEMS_PER_EVENT, inBatches } from '#domain/kernel';
import type { PackageItem, ShareTerms } from '#domain/share';
import type { Position, RecordedEvent, Revision } from '#event-store';
import { STEP } from '../../libs/subscriptions/testing/memory-log.ts';

/** The company, the one it gives access to, and the one that gets it on from there. */
export const BIG = 'big';
export const TAKER = 'taker';
export const THIRD = 'third';
/** It had access to each of the company's installations, for some days each. */
export const FORMER = 'former';

/** What the connection of these two was made by, and what the share was revoked by. */
export const COMMAND = 'command';

/** What everything goes back to that the shares led to at installations. */
export const STORY = 'story';

export const NOW = '2026-03-01T09:00:00.000Z';
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = 300;
const ERRORS_PER_BATCH = 50;

const ADDRESS = { street: 'Havenstraat 1', postalCode: '3011 AA', city: 'Rotterdam', country: 'NL' };
const COMPANY = { name: 'Company', vatNumber: 'NL1', ...ADDRESS };
const TERMS: ShareTerms = {
  accessType: 'installation-manager',
  documentIdentity: 'performer',
  revocation: { kind: 'any-time' },
  approvedAt: NOW,
};

export function idOf(kind: string, n: number): string {
  return `${kind}-${String(n).padStart(6, '0')}`;
}

/** A log in the making. */
class History {
  readonly events: RecordedEvent[] = [];
  private readonly ends = new Map<string, number>();
  /** The command of the next events. */
  command: string | undefined;
  /** The origin of the next events. */
  story: string | undefined;

  record(stream: string, account: string, ...recorded: readonly TesseraEvent[]): void {
    for (const event of recorded) {
      const revision = this.ends.get(stream) ?? 0;
      this.ends.set(stream, revision + 1);
      const { type, data, schemaVersion } = serialise(event);
      const id = `00000000-0000-7000-8000-${this.events.length.toString(16).padStart(12, '0')}`;
      this.events.push({
        id,
        stream,
        revision: revision as Revision,
        position: (this.events.length * STEP) as Position,
        type,
        data,
        metadata: {
          at: NOW,
          actor: { account, user: 'ann', role: 'administrator' },
          commandId: this.command ?? id,
          commandHash: id,
          $correlationId: this.story ?? id,
          $causationId: id,
          schemaVersion,
        },
      });
    }
  }
}

/** Everything that happened, in the order of the log. */
export function historyOf(size: number): readonly RecordedEvent[] {
  const history = new History();
  const each = Array.from({ length: size }, (_, n) => n);
  for (const account of [BIG, TAKER, THIRD, FORMER, ...each.map((n) => idOf('other', n))]) {
    const data = {
      accountId: account,
      kind: 'service',
      name: `Company ${account}`,
      company: COMPANY,
    } as const;
    history.record(`account-${account}`, account, { type: 'AccountRegistered', data });
  }
  history.command = COMMAND;
  connect(history, 'connection-taker', BIG, TAKER);
  history.command = undefined;
  connect(history, 'connection-third', TAKER, THIRD);
  for (const n of each) connect(history, idOf('connection', n), BIG, idOf('other', n));
  for (const n of each) history.record('connection-connection-taker', BIG, renamed(`Label ${n}`));
  tellCatalogue(history, each);
  tellInstallations(history, each);
  tellShares(history, each);
  tellImport(history, size);
  for (const n of each) {
    const data = { webhookId: idOf('webhook', n), account: BIG, url: 'https://example.com/', secretId: 's' };
    history.record(`webhook-${data.webhookId}`, BIG, { type: 'WebhookRegistered', data });
    const erased = { erasureId: idOf('erasure', n), account: BIG, key: `key-${n}` };
    const requested = { ...erased, requestedAt: '2026-01-01T00:00:00.000Z' };
    history.record(`erasure-${erased.erasureId}`, BIG, {
      type: 'DataSubjectErasureRequested',
      data: requested,
    });
  }
  return history.events;
}

function connect(history: History, connectionId: string, account: string, other: string): void {
  const stream = `connection-${connectionId}`;
  const created = {
    connectionId,
    account,
    label: other,
    tokenHash: 'x',
    expiresAt: '2027-01-01T00:00:00.000Z',
  };
  history.record(stream, account, { type: 'ConnectionCreated', data: created });
  const data = { connectionId, account: other, label: account };
  history.record(stream, other, { type: 'ConnectionAuthenticated', data });
}

function renamed(label: string): TesseraEvent {
  return { type: 'ConnectionRenamed', data: { connectionId: 'connection-taker', account: BIG, label } };
}

/** One customer has all locations, and one of them all buildings. */
function tellCatalogue(history: History, each: readonly number[]): void {
  const account = BIG;
  for (const n of each) {
    const details = { name: `Hotel ${n}`, address: ADDRESS, vatNumber: `NL${n}` };
    const data = { customerId: idOf('customer', n), account, details };
    history.record(`customer-${data.customerId}`, BIG, { type: 'CustomerAdded', data });
  }
  const customerId = idOf('customer', 0);
  for (const n of each) {
    const data = {
      locationId: idOf('location', n),
      account,
      customerId,
      details: { name: `Roof ${n}`, address: ADDRESS },
    };
    history.record(`location-${data.locationId}`, BIG, { type: 'LocationAdded', data });
  }
  const locationId = idOf('location', 0);
  for (const n of each) {
    const details = { name: `Hall ${n}` };
    const data = { buildingId: idOf('building', n), account, customerId, locationId, details };
    history.record(`building-${data.buildingId}`, BIG, { type: 'BuildingAdded', data });
  }
}

function placementOf(n: number) {
  return { customerId: idOf('customer', 0), locationId: idOf('location', 0), reference: `R-${n}` };
}

/** All in one place; the first has a long life and logbook of its own. */
function tellInstallations(history: History, each: readonly number[]): void {
  for (const n of each) {
    const installationId = idOf('installation', n);
    const properties = { brand: 'Daikin', model: 'Unit', serialNumber: `SN-${n}` };
    const data = { installationId, account: BIG, token: `T-${n}`, properties, placement: placementOf(n) };
    history.record(`installation-${installationId}`, BIG, { type: 'InstallationRegistered', data });
  }
  const installationId = idOf('installation', 0);
  for (const n of each) {
    const changes = { model: `Unit ${n}` };
    const activity = { kind: 'note', performedOn: '2026-02-01', summary: `Seen ${n}` } as const;
    history.record(
      `installation-${installationId}`,
      BIG,
      { type: 'InstallationPropertiesChanged', data: { installationId, account: BIG, changes } },
      {
        type: 'ActivityAdded',
        data: { installationId, activityId: idOf('activity', n), account: BIG, activity },
      },
    );
  }
}

function tellShares(history: History, each: readonly number[]): void {
  const ids = each.map((n) => idOf('installation', n));
  for (const n of each) {
    const at = new Date(Date.parse(NOW) - (n % DAYS) * DAY_MS).toISOString();
    request(history, idOf('share', n), idOf('connection', n), idOf('other', n), BIG, at);
  }
  request(history, 'share-asked', 'connection-taker', TAKER, BIG);
  request(history, 'share-open', 'connection-taker', TAKER, BIG);
  prepare(history, 'share-open', BIG, ids);
  request(history, 'share-given', 'connection-taker', TAKER, BIG);
  prepare(history, 'share-given', BIG, ids);
  place(history, 'share-given', TAKER, ids);
  history.command = COMMAND;
  revoke(history, 'share-given', BIG, ids.slice(0, ITEMS_PER_EVENT), ids.length);
  history.command = undefined;
  request(history, 'share-onward', 'connection-third', THIRD, TAKER);
  prepare(history, 'share-onward', TAKER, ids);
  place(history, 'share-onward', THIRD, ids);
  request(history, 'share-loaned', 'connection-taker', FORMER, BIG);
  prepare(history, 'share-loaned', BIG, ids.slice(0, 1));
  for (const [n, installationId] of ids.entries()) loanOut(history, installationId, n % DAYS);
  history.story = STORY;
  for (const installationId of ids) {
    const first = grant(`first-${installationId}`, BIG, TAKER, 'share-given', 'installation-manager');
    const onward = grant(`onward-${installationId}`, TAKER, THIRD, 'share-onward', 'on-loan');
    for (const given of [first, { ...onward, parent: first.grantId }]) {
      const data = { installationId, grant: given, placement: placementOf(0) };
      history.record(`installation-${installationId}`, BIG, { type: 'InstallationAccessGranted', data });
    }
  }
  history.story = undefined;
}

/** The former holder had it from so many days before now on, for up to ten days. */
function loanOut(history: History, installationId: string, days: number): void {
  const before = (ago: number) => new Date(Date.parse(NOW) - ago * DAY_MS).toISOString();
  const loan = grant(`loaned-${installationId}`, BIG, FORMER, 'share-loaned', 'on-loan');
  const { grantId, giver, holder, shareId } = loan;
  const grantedAt = before(days + 11);
  const withdrawnAt = before(days + 1 + (days % 10));
  const cause = { kind: 'revoked', account: BIG, shareId, grantId } as const;
  history.record(
    `installation-${installationId}`,
    BIG,
    {
      type: 'InstallationAccessGranted',
      data: { installationId, grant: { ...loan, grantedAt }, placement: placementOf(0) },
    },
    {
      type: 'InstallationAccessWithdrawn',
      data: { installationId, grantId, shareId, giver, holder, cause, withdrawnAt },
    },
  );
}

function grant(
  grantId: string,
  giver: string,
  holder: string,
  shareId: string,
  accessType: AccessType,
): Grant {
  const { documentIdentity, revocation, approvedAt } = TERMS;
  return {
    grantId,
    giver,
    holder,
    shareId,
    accessType,
    documentIdentity,
    revocation,
    approvedAt,
    grantedAt: NOW,
  };
}

function request(
  history: History,
  shareId: string,
  connectionId: string,
  requester: string,
  provider: string,
  requestedAt = NOW,
): void {
  const asked = { shareId, connectionId, requester, provider, name: 'Winter round', requestedAt };
  const data = { ...asked, suggestedLevel: 'customer' } as const;
  history.record(`share-${shareId}`, requester, { type: 'ShareRequested', data });
}

/** Half as many are left out of the package as are in it. */
function prepare(history: History, shareId: string, provider: string, ids: readonly string[]): void {
  const record = (event: TesseraEvent) => history.record(`share-${shareId}`, provider, event);
  const selection = [idOf('customer', 0)];
  record({ type: 'ShareApproved', data: { shareId, level: 'customer', selection, terms: TERMS } });
  record({ type: 'SharePreparationStarted', data: { shareId } });
  const batches = inBatches(ids, ITEMS_PER_EVENT);
  for (const [batch, some] of batches.entries()) {
    const leftOut = some.map((id) => ({ installationId: `other-${id}`, code: 'already-shared' }) as const);
    const cursor = batch + 1 < batches.length ? { cursor: `${some.at(-1)}` } : {};
    const data = { shareId, batch, items: some.map(packed), leftOut, candidates: ids.length, ...cursor };
    record({ type: 'SharePackageBatchCollected', data });
  }
  const counts = { items: ids.length, leftOut: ids.length };
  record({ type: 'SharePackageCompleted', data: { shareId, ...counts, availableAt: NOW } });
}

function packed(installationId: string, index: number): PackageItem {
  return {
    installationId,
    token: `T-${index}`,
    reference: `R-${index}`,
    properties: { brand: 'Daikin', model: 'Unit', serialNumber: `SN-${index}` },
    customer: { id: idOf('customer', 0), name: 'Hotel 0', vatNumber: 'NL0', address: ADDRESS },
    location: { id: idOf('location', 0), name: 'Roof 0', address: ADDRESS },
  };
}

function place(history: History, shareId: string, requester: string, ids: readonly string[]): void {
  const record = (event: TesseraEvent) => history.record(`share-${shareId}`, requester, event);
  const step = { shareId, stepId: 'step' };
  const targets = { customers: [], locations: [], installations: ids.length };
  record({ type: 'ShareProcessingConfirmed', data: { ...step, referenceStyle: 'original', ...targets } });
  const batches = inBatches(ids, ITEMS_PER_EVENT);
  for (const [batch, some] of batches.entries()) {
    const installations = some.map((installationId) => {
      return { installationId, target: { locationId: idOf('location', 0) } };
    });
    record({ type: 'ShareInstallationsConfirmed', data: { ...step, batch, installations } });
  }
  for (const installations of batches) {
    record({ type: 'ShareItemsPlaced', data: { ...step, installations, placedAt: NOW } });
  }
  record({ type: 'ShareStepImported', data: step });
  record({ type: 'ShareProcessed', data: { shareId, processedAt: NOW } });
}

/** Some of it, and the rest is retained. */
function revoke(
  history: History,
  shareId: string,
  account: string,
  installations: readonly string[],
  of: number,
): void {
  const record = (event: TesseraEvent) => history.record(`share-${shareId}`, account, event);
  const withdrawn = installations.length;
  const from = { offered: 0, placing: 0, placed: [{ placedAt: NOW, count: withdrawn }] };
  const cause = { kind: 'revoked', account, shareId } as const;
  record({ type: 'ShareItemsWithdrawn', data: { shareId, installations, from, cause, withdrawnAt: NOW } });
  const outcome = { withdrawn, retained: of - withdrawn, revokedAt: NOW };
  record({ type: 'SharePartlyRevoked', data: { shareId, ...outcome } });
}

/** Of a file of which every row was refused. */
function tellImport(history: History, size: number): void {
  const importId = 'import';
  const record = (event: TesseraEvent) => history.record(`import-${importId}`, BIG, event);
  const file = { columns: ['name'], separator: ',', sha256: 'x' } as const;
  const started = { importId, account: BIG, existing: 'keep', file, startedAt: NOW } as const;
  record({ type: 'CatalogueImportStarted', data: started });
  const batches = Math.ceil(size / ERRORS_PER_BATCH);
  for (let batch = 1; batch <= batches; batch++) {
    const numbers = Array.from({ length: ERRORS_PER_BATCH }, (_, n) => batch * ERRORS_PER_BATCH + n);
    const rejected = numbers.map((row) => ({ row, cells: ['x'] }));
    const errors = numbers.map((row) => ({ row, column: 'name', code: 'required', detail: 'It is empty.' }));
    record({ type: 'CatalogueRowsReceived', data: { importId, batch, rows: [], rejected, errors } });
  }
  record({ type: 'CatalogueFileReceived', data: { importId, rows: size, batches } });
}
