import { newId } from '#application';
import type { TesseraEvent } from '#contracts';
import type { Grant } from '#domain/installation';
import { ITEMS_PER_EVENT, inBatches } from '#domain/kernel';
import type { PackageItem, ShareTerms } from '#domain/share';
import type { NewEvent } from '#event-store';
import type { SqliteEventStore } from '#event-store/sqlite';
import { inFlight } from '../measuring.ts';
import { recordable } from '../recordable.ts';

/** Of everything, this part belongs to one account. */
const PART_OF_THE_BIG_ACCOUNT = 0.4;
/** Events that one customer comes to, with its installations and the share of some of them. */
const EVENTS_PER_SITE = 42;
const INSTALLATIONS_PER_SITE = 10;
const SHARED_PER_SITE = 5;
/** Of one site in so many, what was given is revoked, after so many days. */
const SITES_PER_REVOCATION = 5;
const REVOKED_AFTER_DAYS = 20;
/** One more account for so many events. */
const EVENTS_PER_ACCOUNT = 10_000;
const FEWEST_OTHERS = 4;
/** The big share holds one installation for so many events, and the busy installation one entry of its logbook. */
const EVENTS_PER_ITEM = 50;
const EVENTS_PER_ENTRY = 100;
/** Sites that are written side by side. */
const AT_ONCE = 200;
const DAYS = 300;
const DAY_MS = 24 * 60 * 60 * 1000;

const BRANDS = ['Carrier', 'Daikin', 'Mitsubishi Electric', 'Bitzer', 'Carel'];
const STREETS = ['Havenstraat', 'Dijk', 'Kaai', 'Molenweg', 'Stationsplein'];
const COMPANY = {
  vatNumber: 'NL001234567B01',
  street: 'Havenstraat 1',
  postalCode: '3011 AA',
  city: 'Rotterdam',
  country: 'NL',
};

/** What stands in the log, as far as it is asked for. */
export interface GrowthWorld {
  /** The account of two fifths of everything. */
  readonly big: string;
  /** One of the others, which has a connection with it. */
  readonly partner: string;
  /** One that has nothing to do with anybody. */
  readonly stranger: string;
  /** Offered by the big account to the partner. */
  readonly bigShare: string;
  /** Requested of the big account by the partner; `customers` are what it may select of. */
  readonly request: string;
  readonly customers: readonly string[];
  /** Of the big account: the one with the longest logbook. */
  readonly busyInstallation: string;
  /** Half of what happened, happened before. */
  readonly middle: string;
}

interface Site {
  readonly customer: PackageItem['customer'] & {};
  readonly items: readonly PackageItem[];
}

/** Writes a log of about so many events as the life of companies that keep and share installations leaves it. */
export async function writeLog(store: SqliteEventStore, events: number): Promise<GrowthWorld> {
  const log = new Log(store);
  const others = Array.from(
    { length: Math.max(FEWEST_OTHERS, Math.ceil(events / EVENTS_PER_ACCOUNT)) },
    newId,
  );
  const [big, stranger, partner] = [newId(), newId(), others[0] as string];
  await inFlight([big, stranger, ...others], AT_ONCE, (account) => log.register(account));
  // Each of the others with the one after it and with the big account; that one with each of them.
  const connected = new Map<string, string>();
  await inFlight([...others.keys()], AT_ONCE, async (number) => {
    const [one, next] = [others[number] as string, others[(number + 1) % others.length] as string];
    connected.set(`${one} ${next}`, await log.connect(one, next));
    connected.set(`${big} ${one}`, await log.connect(big, one));
  });
  const entries = Math.ceil(events / EVENTS_PER_ENTRY);
  const sites = Math.max(2, Math.floor((events - entries) / EVENTS_PER_SITE));
  const ofBig: Site[] = [];
  await inFlight([...Array(sites).keys()], AT_ONCE, async (number) => {
    const isBig = (number * PART_OF_THE_BIG_ACCOUNT) % 1 < PART_OF_THE_BIG_ACCOUNT;
    const one = others[number % others.length] as string;
    const owner = isBig ? big : one;
    const holder = isBig ? one : (others[(number + 1) % others.length] as string);
    const at = new Date(Date.now() - DAYS * DAY_MS * (1 - number / sites)).toISOString();
    const site = await log.site(owner, number, at);
    if (isBig) ofBig.push(site);
    await log.share(
      { owner, holder, connectionId: connected.get(`${owner} ${holder}`) as string, number, at },
      site,
    );
  });
  const connectionId = connected.get(`${big} ${partner}`) as string;
  const offered = ofBig.flatMap(({ items }) => items).slice(0, Math.ceil(events / EVENTS_PER_ITEM));
  const busyInstallation = ofBig.at(-1)?.items[0]?.installationId as string;
  await log.keepLogbook(big, busyInstallation, entries);
  const customers = ofBig.map(({ customer }) => customer.id);
  return {
    big,
    partner,
    stranger,
    bigShare: await log.offer(
      { owner: big, holder: partner, connectionId, number: sites, at: now() },
      offered,
    ),
    request: await log.request({ owner: big, holder: partner, connectionId, number: sites + 1, at: now() }),
    customers: customers.slice(0, Math.ceil(offered.length / INSTALLATIONS_PER_SITE)),
    busyInstallation,
    middle: new Date(Date.now() - (DAYS / 2) * DAY_MS).toISOString(),
  };
}

/** Who gives what to whom, and when. */
interface Sharing {
  readonly owner: string;
  readonly holder: string;
  readonly connectionId: string;
  readonly number: number;
  readonly at: string;
}

/** Writes events as the commands that lead to them would. */
class Log {
  constructor(private readonly store: SqliteEventStore) {}

  register(accountId: string): Promise<void> {
    const name = `Service company ${accountId.slice(-4)}`;
    return this.write(`account-${accountId}`, accountId, now(), [
      {
        type: 'AccountRegistered',
        data: { accountId, kind: 'service', name, company: { name, ...COMPANY } },
      },
    ]);
  }

  async connect(account: string, other: string): Promise<string> {
    const connectionId = newId();
    const expiresAt = '2030-01-01T00:00:00.000Z';
    await this.write(`connection-${connectionId}`, account, now(), [
      {
        type: 'ConnectionCreated',
        data: { connectionId, account, label: 'Partner', tokenHash: connectionId, expiresAt },
      },
      { type: 'ConnectionAuthenticated', data: { connectionId, account: other, label: 'Supplier' } },
    ]);
    return connectionId;
  }

  /** A customer with two locations, each with half of the installations. */
  async site(account: string, number: number, at: string): Promise<Site> {
    const address = addressOf(number);
    const customer = { id: newId(), name: `Customer ${number}`, vatNumber: `NL${number}B01`, address };
    const { id: customerId, ...details } = customer;
    await this.write(`customer-${customerId}`, account, at, [
      { type: 'CustomerAdded', data: { customerId, account, details } },
    ]);
    const locations = ['Plant', 'Store'].map((name) => ({ id: newId(), name: `${name} ${number}`, address }));
    const items = Array.from({ length: INSTALLATIONS_PER_SITE }, (_, index): PackageItem => {
      const location = locations[index % locations.length];
      const serial = number * INSTALLATIONS_PER_SITE + index;
      return {
        installationId: newId(),
        token: `T${serial}`,
        reference: `K-${serial}`,
        properties: {
          serialNumber: `SN-${serial}`,
          brand: BRANDS[serial % BRANDS.length],
          model: `Model ${serial % 40}`,
          type: 'refrigeration',
          refrigerant: 'R-448A',
          chargeKg: 12.5,
          capacityKw: 40,
        },
        customer,
        ...(location && { location }),
      };
    });
    await Promise.all([
      ...locations.map(({ id, ...details }) =>
        this.write(`location-${id}`, account, at, [
          { type: 'LocationAdded', data: { locationId: id, account, customerId, details } },
        ]),
      ),
      ...items.map((item, index) => this.installation(account, item, index, at)),
    ]);
    return { customer, items };
  }

  /** What somebody asks for, is given, and takes over as a customer of its own. */
  async share(sharing: Sharing, { customer, items }: Site): Promise<void> {
    const { owner, holder, at } = sharing;
    const given = items.slice(0, SHARED_PER_SITE);
    const shareId = await this.offer(sharing, given);
    const [stepId, customerId, locationId] = [newId(), newId(), newId()];
    const copied = { customerId, account: holder, copiedFrom: { shareId, id: customer.id } };
    const source = given[0]?.location;
    const details = { name: `Taken over ${sharing.number}`, address: customer.address };
    await Promise.all([
      this.write(`customer-${customerId}`, holder, at, [
        { type: 'CustomerAdded', data: { ...copied, details } },
      ]),
      this.write(`location-${locationId}`, holder, at, [
        { type: 'LocationAdded', data: { locationId, account: holder, customerId, details } },
      ]),
    ]);
    await this.write(`share-${shareId}`, holder, at, [
      {
        type: 'ShareProcessingConfirmed',
        data: {
          shareId,
          stepId,
          referenceStyle: 'original',
          customers: [{ source: customer.id, target: { create: customerId } }],
          locations: source ? [{ source: source.id, target: { create: locationId } }] : [],
          installations: given.length,
        },
      },
      {
        type: 'ShareInstallationsConfirmed',
        data: {
          shareId,
          stepId,
          batch: 0,
          installations: given.map(({ installationId }) => ({ installationId, target: { locationId } })),
        },
      },
    ]);
    const { approvedAt, ...terms } = termsAt(at);
    const grants = given.map(({ installationId, reference }) => {
      const parties = { grantId: newId(), giver: owner, holder, shareId };
      const grant: Grant = { ...parties, ...terms, approvedAt, grantedAt: at };
      return { installationId, grant, placement: { customerId, locationId, reference } };
    });
    await Promise.all(
      grants.map((data) =>
        this.write(`installation-${data.installationId}`, holder, at, [
          { type: 'InstallationAccessGranted', data },
        ]),
      ),
    );
    const installations = given.map(({ installationId }) => installationId);
    await this.write(`share-${shareId}`, holder, at, [
      { type: 'ShareItemsPlaced', data: { shareId, stepId, installations, placedAt: at } },
      { type: 'ShareStepImported', data: { shareId, stepId } },
      { type: 'ShareProcessed', data: { shareId, processedAt: at } },
    ]);
    if (sharing.number % SITES_PER_REVOCATION === 0) await this.revoke(sharing, grants);
  }

  private async revoke(
    { owner, at }: Sharing,
    grants: readonly { readonly installationId: string; readonly grant: Grant }[],
  ): Promise<void> {
    const withdrawnAt = new Date(Date.parse(at) + REVOKED_AFTER_DAYS * DAY_MS).toISOString();
    await Promise.all(
      grants.map(({ installationId, grant: { grantId, shareId, giver, holder } }) => {
        const cause = { kind: 'revoked', account: owner, shareId, grantId } as const;
        const data = { installationId, grantId, shareId, giver, holder, cause, withdrawnAt };
        return this.write(`installation-${installationId}`, owner, withdrawnAt, [
          { type: 'InstallationAccessWithdrawn', data },
        ]);
      }),
    );
  }

  async request({ owner, holder, connectionId, number, at }: Sharing): Promise<string> {
    const shareId = newId();
    await this.write(`share-${shareId}`, holder, at, [
      {
        type: 'ShareRequested',
        data: {
          shareId,
          connectionId,
          requester: holder,
          provider: owner,
          name: `Maintenance of customer ${number}`,
          suggestedLevel: 'customer',
          requestedAt: at,
        },
      },
    ]);
    return shareId;
  }

  async offer(sharing: Sharing, items: readonly PackageItem[]): Promise<string> {
    const { owner, at } = sharing;
    const shareId = await this.request(sharing);
    const selection = [...new Set(items.flatMap(({ customer }) => customer?.id ?? []))];
    await this.write(`share-${shareId}`, owner, at, [
      { type: 'ShareApproved', data: { shareId, level: 'customer', selection, terms: termsAt(at) } },
      { type: 'SharePreparationStarted', data: { shareId } },
      ...inBatches(items, ITEMS_PER_EVENT).map((batch, number): TesseraEvent => {
        const data = { shareId, batch: number, items: batch, leftOut: [], candidates: items.length };
        return { type: 'SharePackageBatchCollected', data };
      }),
      { type: 'SharePackageCompleted', data: { shareId, items: items.length, leftOut: 0, availableAt: at } },
    ]);
    return shareId;
  }

  async keepLogbook(account: string, installationId: string, entries: number): Promise<void> {
    const numbers = Array.from({ length: entries }, (_, number) => number);
    for (const batch of inBatches(numbers, ITEMS_PER_EVENT)) {
      await this.write(
        `installation-${installationId}`,
        account,
        now(),
        batch.map((number) => entry(account, installationId, number)),
      );
    }
  }

  private installation(account: string, item: PackageItem, index: number, at: string): Promise<void> {
    const { installationId, token, reference, properties, customer, location } = item;
    const placement = { customerId: customer?.id ?? '', locationId: location?.id ?? '', reference };
    const changes = { notes: 'Filter replaced.' };
    return this.write(`installation-${installationId}`, account, at, [
      { type: 'InstallationRegistered', data: { installationId, account, token, properties, placement } },
      ...(index % 2 === 0 ? [entry(account, installationId, index)] : []),
      ...(index % 4 === 0
        ? [{ type: 'InstallationPropertiesChanged', data: { installationId, account, changes } } as const]
        : []),
    ]);
  }

  private async write(
    stream: string,
    account: string,
    at: string,
    events: readonly TesseraEvent[],
  ): Promise<void> {
    const recorded = events.map((event): NewEvent => recordable(stream, event, account, at));
    await this.store.append(stream, recorded, 'any');
  }
}

function entry(account: string, installationId: string, number: number): TesseraEvent {
  const activity = {
    kind: 'measurement',
    performedOn: '2026-05-14',
    summary: `Leak check ${number}`,
    leakFound: false,
  } as const;
  return { type: 'ActivityAdded', data: { installationId, activityId: newId(), account, activity } };
}

function termsAt(approvedAt: string): ShareTerms {
  return {
    accessType: 'subcontractor',
    documentIdentity: 'performer',
    revocation: { kind: 'any-time' },
    approvedAt,
  };
}

function addressOf(number: number) {
  return {
    street: `${STREETS[number % STREETS.length]} ${1 + (number % 200)}`,
    postalCode: `${1000 + (number % 9000)} AB`,
    city: 'Rotterdam',
    country: 'NL',
  };
}

function now(): string {
  return new Date().toISOString();
}
