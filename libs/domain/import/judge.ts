// Judges the rows of a file, one after the other (R-K1 to R-K4).
import {
  type CustomerDetails,
  type Identity,
  identifyBuilding,
  identifyCustomer,
  identifyLocation,
  type NamedCustomer,
} from '#domain/catalogue';
import { type InstallationField, identifyInstallation } from '#domain/installation';
import { unreachable } from '#domain/kernel';
import type { AddedKind, CatalogueRow, ExistingPolicy, JudgedRow, RowError } from './events.ts';
import {
  customerKeys,
  type KnownBuilding,
  type KnownCatalogue,
  type KnownCustomer,
  type KnownInstallation,
  type KnownLocation,
} from './known.ts';

/** A row that was accepted before in the same file, with a digest of its values. */
export interface AcceptedRow {
  readonly row: number;
  readonly digest: string;
}

export interface FileJudgeOptions {
  /** The known catalogue; what the file adds is added to it. */
  readonly catalogue: KnownCatalogue;
  /** Rows of the same file that were accepted before, by the id of their installation. */
  readonly acceptedBefore?: ReadonlyMap<string, AcceptedRow>;
  readonly existing: ExistingPolicy;
  /** The id of what is added because of a row: always the same for the same row. */
  readonly idOf: (kind: AddedKind | 'installation', row: number) => string;
  /** A digest of all a row's values, without its row number. */
  readonly digestOf: (row: CatalogueRow) => string;
}

/** The verdict on a row, or its errors. */
export type Judgement = { readonly judged: JudgedRow } | { readonly error: RowError };

/** What a row identifies, and whether it must be added. */
interface Identified<Thing> {
  readonly thing: Thing;
  readonly isNew: boolean;
}

/** A row that cannot be accepted. */
class RowRejected extends Error {
  constructor(
    readonly column: string,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** Judges the rows of one file in order: each by the catalogue as the rows before it leave it. */
export class FileJudge {
  /** The rows it has accepted. */
  readonly accepted = new Map<string, AcceptedRow>();

  constructor(private readonly options: FileJudgeOptions) {}

  judge(row: CatalogueRow): Judgement {
    try {
      return { judged: this.outcomeOf(row) };
    } catch (error) {
      if (!(error instanceof RowRejected)) throw error;
      const { column, code, message: detail } = error;
      return { error: { row: row.row, column, code, detail } };
    }
  }

  private outcomeOf(row: CatalogueRow): JudgedRow {
    const customer = this.customerOf(row);
    const location = this.locationOf(row, customer.thing.id);
    const building =
      row.building === undefined ? undefined : this.buildingOf(row, row.building, location.thing.id);
    const installation = this.named(row, customer.thing.id, location.thing.id, building?.thing.id);
    const { catalogue, existing } = this.options;
    const completed = completedBy(row, customer);
    const completes = completed && { completes: { customerId: customer.thing.id, ...completed } };
    const verdict = identifyInstallation(
      installation,
      catalogue.installationsLike(customer.thing.id, row.reference),
    );
    const placed = (outcome: 'created' | 'updated', { id: installationId }: KnownInstallation): JudgedRow => {
      const adds = this.add(customer, location, building);
      this.accept(row, installationId, customer, completed);
      const spot = { customerId: customer.thing.id, locationId: location.thing.id };
      const inside = building && { buildingId: building.thing.id };
      return { row: row.row, outcome, installationId, ...spot, ...inside, adds, ...completes };
    };
    const unchanged = ({ id: installationId }: KnownInstallation): JudgedRow => {
      this.accept(row, installationId, customer, completed);
      return { row: row.row, outcome: 'unchanged', installationId, ...completes };
    };
    switch (verdict.kind) {
      case 'new':
        catalogue.addInstallation(installation);
        return placed('created', installation);
      case 'unchanged':
        this.isRepeated(row, verdict.thing);
        return unchanged(verdict.thing);
      case 'different':
        if (this.isRepeated(row, verdict.thing)) return unchanged(verdict.thing);
        if (existing === 'update') return placed('updated', verdict.thing);
        throw alreadyThere(verdict.fields);
      case 'elsewhere':
        this.isRepeated(row, verdict.thing);
        throw this.elsewhere(verdict.thing);
      default:
        return unreachable(verdict);
    }
  }

  /**
   * Whether a row of this file with the same values was accepted before.
   * @throws RowRejected one with other values was
   */
  private isRepeated(row: CatalogueRow, { id }: KnownInstallation): boolean {
    const accepted = this.accepted.get(id) ?? this.options.acceptedBefore?.get(id);
    if (accepted === undefined) return false;
    if (accepted.digest === this.options.digestOf(row)) return true;
    const detail = `Row ${accepted.row} has the same reference at the same customer, but different values.`;
    throw new RowRejected('reference', 'repeated-row', detail);
  }

  private accept(
    row: CatalogueRow,
    installationId: string,
    { thing }: Identified<KnownCustomer>,
    completed: Completed | undefined,
  ): void {
    if (completed) {
      this.options.catalogue.addCustomer({ ...thing, details: { ...thing.details, ...completed } });
    }
    if (this.accepted.has(installationId) || this.options.acceptedBefore?.has(installationId)) return;
    this.accepted.set(installationId, { row: row.row, digest: this.options.digestOf(row) });
  }

  private customerOf({ row, customer, location }: CatalogueRow): Identified<KnownCustomer> {
    const named = namedCustomer(customer, location.address.country);
    const found = identifyCustomer(named, this.options.catalogue.customersLike(named));
    const details = { ...customer, address: customer.address ?? location.address };
    return this.meant(
      found,
      { id: this.options.idOf('customer', row), details },
      'customer',
      (one) => one.details,
    );
  }

  private locationOf({ row, location }: CatalogueRow, customerId: string): Identified<KnownLocation> {
    const alike = this.options.catalogue.locationsLike(customerId, location.address);
    const added = { id: this.options.idOf('location', row), customerId, details: location };
    return this.meant(identifyLocation(location, alike), added, 'location', (one) => one.details);
  }

  private buildingOf({ row }: CatalogueRow, name: string, locationId: string): Identified<KnownBuilding> {
    const alike = this.options.catalogue.buildingsLike(locationId, name);
    const added = { id: this.options.idOf('building', row), locationId, details: { name } };
    return this.meant(identifyBuilding(name, alike), added, 'building', (one) => one.details);
  }

  private meant<Thing>(
    found: Identity<Thing>,
    added: Thing,
    kind: AddedKind,
    described: (thing: Thing) => Described,
  ): Identified<Thing> {
    switch (found.kind) {
      case 'known':
        return { thing: found.thing, isNew: false };
      case 'new':
        return { thing: added, isNew: true };
      case 'ambiguous':
        throw ambiguous(kind, found.among.map(described));
      default:
        return unreachable(found);
    }
  }

  /** The row's installation as it would be stored. */
  private named(
    { row, reference, customerReference, properties }: CatalogueRow,
    customerId: string,
    locationId: string,
    buildingId: string | undefined,
  ): KnownInstallation {
    return {
      id: this.options.idOf('installation', row),
      placement: {
        customerId,
        locationId,
        reference,
        ...(buildingId !== undefined && { buildingId }),
        ...(customerReference !== undefined && { customerReference }),
      },
      properties,
    };
  }

  /** Adds what is new to the known catalogue. */
  private add(
    customer: Identified<KnownCustomer>,
    location: Identified<KnownLocation>,
    building: Identified<KnownBuilding> | undefined,
  ): AddedKind[] {
    const { catalogue } = this.options;
    if (customer.isNew) catalogue.addCustomer(customer.thing);
    if (location.isNew) catalogue.addLocation(location.thing);
    if (building?.isNew) catalogue.addBuilding(building.thing);
    return [
      ...(customer.isNew ? (['customer'] as const) : []),
      ...(location.isNew ? (['location'] as const) : []),
      ...(building?.isNew ? (['building'] as const) : []),
    ];
  }

  private elsewhere({ placement }: KnownInstallation): RowRejected {
    const location = this.options.catalogue.location(placement.locationId);
    const where = location === undefined ? 'another location' : described(location.details);
    const detail = `An installation with this reference exists at ${where}, of the same customer.`;
    return new RowRejected('reference', 'reference-elsewhere', detail);
  }
}

/** A row's values for its customer: without an address, its location's country is that of its VAT number. */
export function namedCustomer(
  { name, vatNumber, customerNumber, address }: CatalogueRow['customer'],
  country: string | undefined,
): NamedCustomer {
  return { name, vatNumber, customerNumber, address, country: address?.country ?? country };
}

type Completed = Pick<CustomerDetails, 'vatNumber' | 'customerNumber'>;

/**
 * The numbers of a row that its existing customer lacks: they are stored, or the next row with another number
 * would be matched to the same customer.
 */
function completedBy(
  { customer }: CatalogueRow,
  { thing, isNew }: Identified<KnownCustomer>,
): Completed | undefined {
  const [named, known] = [customerKeys(customer), customerKeys(thing.details)];
  const completed = {
    ...(named.vatNumber !== undefined && known.vatNumber === undefined && { vatNumber: customer.vatNumber }),
    ...(named.number !== undefined &&
      known.number === undefined && { customerNumber: customer.customerNumber }),
  };
  return isNew || Object.keys(completed).length === 0 ? undefined : completed;
}

interface Described {
  readonly name: string;
  readonly customerNumber?: string;
  readonly vatNumber?: string;
  readonly address?: { readonly street: string; readonly city: string };
}

function described({ name, customerNumber, vatNumber, address }: Described): string {
  const more = [
    customerNumber && `number ${customerNumber}`,
    vatNumber && `VAT number ${vatNumber}`,
    address && `${address.street}, ${address.city}`,
  ].filter(Boolean);
  return more.length === 0 ? `“${name}”` : `“${name}” (${more.join('; ')})`;
}

/** How many of them an error names. */
const NAMED = 5;

const COLUMN_OF: Readonly<Record<AddedKind, string>> = {
  customer: 'customer_name',
  location: 'location_name',
  building: 'building',
};

function ambiguous(kind: AddedKind, among: readonly Described[]): RowRejected {
  const names = among.slice(0, NAMED).map(described).join(' or ');
  const others = among.length > NAMED ? `, or one of ${among.length - NAMED} others` : '';
  return new RowRejected(COLUMN_OF[kind], `${kind}-ambiguous`, `The ${kind} may be ${names}${others}.`);
}

const COLUMN_OF_FIELD: Readonly<Partial<Record<InstallationField, string>>> = {
  reference: 'reference',
  customerReference: 'customer_reference',
  buildingId: 'building',
  serialNumber: 'serial_number',
  chargeKg: 'charge_kg',
  capacityKw: 'capacity_kw',
  hermeticallySealed: 'hermetically_sealed',
  commissionedOn: 'commissioned_on',
};

function alreadyThere(fields: readonly InstallationField[]): RowRejected {
  const columns = fields.map((field) => COLUMN_OF_FIELD[field] ?? field);
  const differ = columns.length === 1 ? `${columns[0]} differs` : `${columns.join(', ')} differ`;
  const detail = `The installation exists already, and ${differ}. Use existing=update to take over the values of the file.`;
  return new RowRejected(columns[0] ?? '', 'already-there', detail);
}
