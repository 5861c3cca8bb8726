// Finds other things in a package that look like one thing of it but are certainly different: at most one of them can be
// the same thing of the requester's own (R-P5). Every query uses an index.
import { serialNumberKey, streetKey, vatNumberKey } from '#domain/catalogue';
import { areTwoCustomers, areTwoMachines, type PackagedCustomer, type PackageItem } from '#domain/share';
import { packageItems } from '#projections/shares';
import type { ViewReader } from '#view-store';

/** How many are compared, of customers in one street at one number, or of items with one serial number. */
const CANDIDATES = 100;

/** Finds rivals in the package of one share. */
export class Rivals {
  constructor(
    private readonly views: ViewReader,
    private readonly shareId: string,
  ) {}

  /** Customers at its address with another VAT number. */
  async ofCustomer(source: PackagedCustomer): Promise<readonly PackagedCustomer[]> {
    if (vatNumberKey(source.vatNumber) === undefined) return [];
    const query = {
      index: 'by-customer-street',
      prefix: [this.shareId, streetKey(source.address.street)],
      limit: 1,
    };
    const rivals: PackagedCustomer[] = [];
    let from: string | undefined;
    for (let looked = 0; looked < CANDIDATES; looked++) {
      const [found] = (await this.views.find(packageItems, { ...query, from })).items;
      const customer = found?.item.customer;
      if (customer === undefined) break;
      if (areTwoCustomers(source, customer)) rivals.push(customer);
      from = after(customer.id);
    }
    return rivals;
  }

  /** Items with its serial number, of another brand. */
  async ofItem(source: PackageItem): Promise<readonly PackageItem[]> {
    const serialNumber = serialNumberKey(source.properties.serialNumber);
    if (serialNumber === undefined || source.properties.brand === undefined) return [];
    const query = { index: 'by-serial-key', prefix: [this.shareId, serialNumber], limit: CANDIDATES };
    const { items } = await this.views.find(packageItems, query);
    return items.map(({ item }) => item).filter((item) => areTwoMachines(source, item));
  }
}

/** The text that follows right after this one: one customer may have any number of items. */
function after(text: string): string {
  return `${text}\u0000`;
}
