// Brings the rows of a received file into the account's catalogue, batch by batch.
import { LRUCache } from 'lru-cache';
import { derivedId, inFlight, installationToken } from '#application/core';
import {
  building,
  type CustomerDetails,
  customer,
  foldText,
  isKeptBy,
  labelKey,
  location,
  postalCodeKey,
  sameAddress,
  streetKey,
  vatNumberKey,
} from '#domain/catalogue';
import { type CatalogueRow, catalogueImport, nextAction, type RowError } from '#domain/import';
import { installation, referenceKey } from '#domain/installation';
import { Refusal } from '#domain/kernel';
import type { EventReader } from '#event-store';
import { buildings, catalogueProjection, customers, locations } from '#projections/catalogue';
import { accountInstallations, installationsProjection } from '#projections/installations';
import type { CollectionDefinition, Document, Key } from '#view-store';
import { eventAt } from './event-at.ts';
import { isRefused, viewPassed } from './failures.ts';
import { type Issue, issueFor } from './issue.ts';
import type { NewWork, ProcessDependencies, ProcessManager, StepResult, Works } from './process-manager.ts';

const NAME = 'import-catalogue';

/** Rows under way at once: most wait for the customer and location of another one. */
const ROWS_IN_FLIGHT = 128;

/** Imports whose findings are kept between batches. */
const KEPT_RUNS = 4;

type ReceivedFile = { readonly importId: string };

export class ImportCatalogue implements ProcessManager<ReceivedFile> {
  readonly name = NAME;
  readonly startedBy = ['CatalogueFileReceived'] as const;
  /** What a crash loses here is found in the views. */
  private readonly runs = new LRUCache<string, CatalogueRun>({ max: KEPT_RUNS });

  workFor(event: Parameters<ProcessManager['workFor']>[0]): NewWork<ReceivedFile> | undefined {
    if (event.type !== 'CatalogueFileReceived') return undefined;
    const { importId } = event.data;
    return { key: importId, data: { importId } };
  }

  async step([work]: Works<ReceivedFile>, dependencies: ProcessDependencies): Promise<StepResult> {
    const { aggregates, commands, reader, views } = dependencies;
    const { importId } = work.data;
    const { state, position } = await aggregates.refresh(catalogueImport, importId);
    const action = nextAction(state);
    if (state.status === 'none' || position === undefined || action.kind !== 'import-batch') {
      this.runs.delete(importId);
      return 'done';
    }
    const issue = issueFor(commands, NAME, work, state.account);
    let run = this.runs.get(importId);
    if (run === undefined) {
      // What stood in the catalogue before, and what this import made before a crash, is found from here on.
      await viewPassed(views, catalogueProjection.name, position);
      await viewPassed(views, installationsProjection.name, position);
      run = new CatalogueRun(state.account, dependencies, issue);
      this.runs.set(importId, run);
    }
    const { batch } = action;
    const rows = await rowsOf(reader, importId, batch);
    const errors = (await inFlight(rows, ROWS_IN_FLIGHT, (row) => run.bring(row))).flat();
    const imported = rows.length - errors.length;
    await issue('RecordImportedBatch', { importId, batch, imported, errors }, batch);
    return 'continue';
  }
}

/** An import's stream begins with its start, and then has one event for each batch, counted from 1. */
async function rowsOf(
  reader: EventReader,
  importId: string,
  batch: number,
): Promise<readonly CatalogueRow[]> {
  const event = await eventAt(reader, catalogueImport.category, importId, batch);
  if (event.type === 'CatalogueRowsReceived' && event.data.batch === batch) return event.data.rows;
  throw new Error(`Import ${importId} has no batch ${batch} where it should be.`);
}

/** A customer known to the run, and the VAT number it goes by, if any. */
interface KnownCustomer {
  readonly id: string;
  readonly vat: string | undefined;
}

/** One run over the rows of an import; remembers what it found or made, so that each is looked for once. */
class CatalogueRun {
  /** Found or made in this run: by what it is called. */
  private readonly namesakes = new Map<string, KnownCustomer[]>();
  /** The latest row's search for a customer of that name. */
  private readonly searches = new Map<string, Promise<unknown>>();
  private readonly known = new Map<string, Promise<string>>();

  constructor(
    private readonly account: string,
    private readonly dependencies: Pick<ProcessDependencies, 'aggregates' | 'views'>,
    private readonly issue: Issue,
  ) {}

  /**
   * Makes sure the row's installation stands in the catalogue, and everything it stands in. What is there already
   * stays as it is. Gives the row's errors, `[]` when it is in.
   */
  async bring(row: CatalogueRow): Promise<readonly RowError[]> {
    const attempt = new RowAttempt(row.row);
    try {
      const customerId = await attempt.at('customer_name', this.customerOf(row));
      const locationId = await attempt.at('location_name', this.locationOf(row, customerId));
      const buildingId =
        row.building === undefined
          ? undefined
          : await attempt.at('building', this.buildingOf(row.building, locationId));
      await attempt.at('reference', this.installationOf(row, customerId, locationId, buildingId));
      return [];
    } catch (error) {
      return [attempt.errorFrom(error)];
    }
  }

  /**
   * Customers are one by VAT number, or, of a row that has none, by name. Those of one name are looked for in the
   * order of their rows, so that a run that was cut short leads where it would have led.
   */
  private customerOf({ customer: named, location: its }: CatalogueRow): Promise<string> {
    const vat = vatNumberKey(named.vatNumber);
    const name = foldText(named.name);
    const key = vat === undefined ? `name ${name}` : `vat ${vat}`;
    return this.once(`customer/${key}`, () => {
      const earlier = this.searches.get(name) ?? Promise.resolve();
      const details = { ...named, address: named.address ?? its.address };
      const search = () => this.findOrAddCustomer(key, name, vat, details);
      const found = earlier.then(search, search);
      this.searches.set(name, found);
      return found;
    });
  }

  private async findOrAddCustomer(
    key: string,
    name: string,
    vat: string | undefined,
    details: CustomerDetails,
  ): Promise<string> {
    const { account } = this;
    const found = await (vat === undefined ? this.findByName(name) : this.findByVat(vat));
    const customerId = found?.id ?? derivedId(account, 'customer', key);
    if (found === undefined) {
      await this.unlessThere(
        customerId,
        async () => isKeptBy(await this.dependencies.aggregates.state(customer, customerId), account),
        () => this.issue('AddCustomer', { customerId, ...details }, customerId),
      );
    }
    this.namesakes.set(name, [...(this.namesakes.get(name) ?? []), { id: customerId, vat }]);
    return customerId;
  }

  private async findByVat(vat: string): Promise<KnownCustomer | undefined> {
    const [found] = await this.find(customers, 'by-vat-key', [this.account, vat]);
    return found && { id: found.id, vat };
  }

  /** Of several of that name, one without a VAT number. */
  private async findByName(name: string): Promise<KnownCustomer | undefined> {
    const kept = await this.find(customers, 'by-name', [this.account, name]);
    const known = [
      ...kept.map(({ id, details }) => ({ id, vat: details.vatNumber })),
      ...(this.namesakes.get(name) ?? []),
    ];
    return known.find(({ vat }) => vat === undefined) ?? known[0];
  }

  /** Locations are one by customer and address. */
  private locationOf({ location: { name, address } }: CatalogueRow, customerId: string): Promise<string> {
    const { account } = this;
    const street = streetKey(address.street);
    const place = `${street}, ${postalCodeKey(address.postalCode) ?? foldText(address.city)}`;
    return this.once(`location/${customerId}/${place}`, async () => {
      const there = await this.find(locations, 'by-street', [account, customerId, street]);
      const found = there.find(({ details }) => sameAddress(details.address, address));
      if (found) return found.id;
      const locationId = derivedId(account, 'location', customerId, place);
      return this.unlessThere(
        locationId,
        async () => isKeptBy(await this.dependencies.aggregates.state(location, locationId), account),
        () => this.issue('AddLocation', { locationId, customerId, name, address }, locationId),
      );
    });
  }

  /** Buildings are one by their name within a location. */
  private buildingOf(name: string, locationId: string): Promise<string> {
    const { account } = this;
    const key = labelKey(name);
    return this.once(`building/${locationId}/${key}`, async () => {
      const [found] = await this.find(buildings, 'by-label', [account, locationId, key]);
      if (found) return found.id;
      const buildingId = derivedId(account, 'building', locationId, key);
      return this.unlessThere(
        buildingId,
        async () => isKeptBy(await this.dependencies.aggregates.state(building, buildingId), account),
        () => this.issue('AddBuilding', { buildingId, locationId, name }, buildingId),
      );
    });
  }

  /** Installations are one by reference within a customer, among those the account has access to. */
  private async installationOf(
    { reference, customerReference, properties }: CatalogueRow,
    customerId: string,
    locationId: string,
    buildingId: string | undefined,
  ): Promise<string> {
    const { account } = this;
    const key = referenceKey(reference);
    const installationId = derivedId(account, 'installation', customerId, key);
    return this.once(`installation/${customerId}/${key}`, async () => {
      const prefix = [account, customerId, key];
      const found = await this.find(accountInstallations, 'by-reference-key', prefix);
      const live = found.find(({ access }) => access.kind !== 'former');
      if (live) return live.installationId;
      const registered = async () => {
        const state = await this.dependencies.aggregates.state(installation, installationId);
        return state.status === 'registered' && state.tree.root === account;
      };
      return this.unlessThere(installationId, registered, () =>
        this.issue(
          'RegisterInstallation',
          {
            ...properties,
            installationId,
            token: installationToken(installationId),
            locationId,
            ...(buildingId !== undefined && { buildingId }),
            reference,
            ...(customerReference !== undefined && { customerReference }),
          },
          installationId,
        ),
      );
    });
  }

  private once(key: string, find: () => Promise<string>): Promise<string> {
    const known = this.known.get(key);
    if (known) return known;
    const finding = find();
    this.known.set(key, finding);
    finding.catch(() => this.known.delete(key));
    return finding;
  }

  private async find<D extends Document>(
    collection: CollectionDefinition<D>,
    index: string,
    prefix: Key,
  ): Promise<readonly D[]> {
    return (await this.dependencies.views.find(collection, { index, prefix })).items;
  }

  /** Ids follow from what names a thing, so that another import may make it at the same moment, and it is one. */
  private async unlessThere(
    id: string,
    isThere: () => Promise<boolean>,
    add: () => Promise<unknown>,
  ): Promise<string> {
    try {
      await add();
    } catch (error) {
      if (!isRefused(error, 'id-in-use') || !(await isThere())) throw error;
    }
    return id;
  }
}

/** Knows at which column a row failed. */
class RowAttempt {
  private column = '';

  constructor(private readonly row: number) {}

  at<Result>(column: string, work: Promise<Result>): Promise<Result> {
    this.column = column;
    return work;
  }

  /** Only what the rules refuse is the row's own fault. */
  errorFrom(error: unknown): RowError {
    if (!(error instanceof Refusal)) throw error;
    return { row: this.row, column: this.column, code: error.code, detail: error.message };
  }
}
