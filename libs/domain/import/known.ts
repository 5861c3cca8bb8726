// The part of an account's catalogue that the rows of a file may identify.
import {
  type Address,
  type CustomerDetails,
  companyKey,
  customerNumberKey,
  type LocationDetails,
  labelKey,
  type NamedCustomer,
  nameKey,
  streetKey,
  vatNumberKey,
} from '#domain/catalogue';
import { type InstallationProperties, type Placement, referenceKey } from '#domain/installation';

export interface KnownCustomer {
  readonly id: string;
  readonly details: CustomerDetails;
}

export interface KnownLocation {
  readonly id: string;
  readonly customerId: string;
  readonly details: LocationDetails;
}

export interface KnownBuilding {
  readonly id: string;
  readonly locationId: string;
  readonly details: { readonly name: string };
}

export interface KnownInstallation {
  readonly id: string;
  readonly placement: Placement;
  readonly properties: InstallationProperties;
}

/** A part of an index key that distinguishes entries. */
type Part = string;

/** The keys that may identify a customer; a key without a value is left out. */
export interface CustomerKeys {
  readonly number?: Part;
  readonly vatNumber?: Part;
  readonly name: readonly [company: Part, name: Part];
  readonly street?: Part;
}

export function customerKeys({ name, vatNumber, customerNumber, address }: NamedCustomer): CustomerKeys {
  return {
    number: customerNumberKey(customerNumber),
    vatNumber: vatNumberKey(vatNumber),
    name: [companyKey(name), nameKey(name)],
    street: address && streetKey(address.street),
  };
}

export function locationKey(customerId: string, { street }: Address): readonly [Part, Part] {
  return [customerId, streetKey(street)];
}

export function buildingKey(locationId: string, name: string): readonly [Part, Part] {
  return [locationId, labelKey(name)];
}

export function installationKey(customerId: string, reference: string): readonly [Part, Part] {
  return [customerId, referenceKey(reference)];
}

/** Entries by each of their keys; an entry that is added again replaces the older one. */
class Things<Thing extends { readonly id: string }> {
  private readonly byKey = new Map<string, Map<string, Thing>>();

  constructor(private readonly keysOf: (thing: Thing) => readonly string[]) {}

  add(thing: Thing): void {
    for (const key of this.keysOf(thing)) {
      const things = this.byKey.get(key) ?? new Map<string, Thing>();
      this.byKey.set(key, things.set(thing.id, thing));
    }
  }

  /** Every entry that has any of these keys, once. */
  alike(keys: readonly string[]): readonly Thing[] {
    const [only] = keys;
    if (keys.length === 1 && only !== undefined) return [...(this.byKey.get(only)?.values() ?? [])];
    const found = new Map(keys.flatMap((key) => [...(this.byKey.get(key) ?? [])]));
    return [...found.values()];
  }
}

/** The known part of an account's catalogue, with what a file adds to it as it is judged. */
export class KnownCatalogue {
  private readonly customers = new Things<KnownCustomer>(({ details }) => {
    const { street: _, ...keys } = customerKeys(details);
    return [...flat(customerKeys(details)), ...flat(keys)];
  });
  private readonly locations = new Things<KnownLocation>(({ customerId, details }) => [
    joined(locationKey(customerId, details.address)),
  ]);
  private readonly places = new Things<KnownLocation>(({ id }) => [id]);
  private readonly buildings = new Things<KnownBuilding>(({ locationId, details }) => [
    joined(buildingKey(locationId, details.name)),
  ]);
  private readonly installations = new Things<KnownInstallation>(({ placement }) => [
    joined(installationKey(placement.customerId, placement.reference)),
  ]);

  addCustomer(customer: KnownCustomer): void {
    this.customers.add(customer);
  }

  addLocation(location: KnownLocation): void {
    this.locations.add(location);
    this.places.add(location);
  }

  addBuilding(building: KnownBuilding): void {
    this.buildings.add(building);
  }

  addInstallation(installation: KnownInstallation): void {
    this.installations.add(installation);
  }

  /** With an address, locations of the same name are looked up in that street only: many may have the same name. */
  customersLike(named: NamedCustomer): readonly KnownCustomer[] {
    return this.customers.alike(flat(customerKeys(named)));
  }

  locationsLike(customerId: string, address: Address): readonly KnownLocation[] {
    return this.locations.alike([joined(locationKey(customerId, address))]);
  }

  location(id: string): KnownLocation | undefined {
    return this.places.alike([id])[0];
  }

  buildingsLike(locationId: string, name: string): readonly KnownBuilding[] {
    return this.buildings.alike([joined(buildingKey(locationId, name))]);
  }

  installationsLike(customerId: string, reference: string): readonly KnownInstallation[] {
    return this.installations.alike([joined(installationKey(customerId, reference))]);
  }
}

function joined(parts: readonly Part[]): string {
  return parts.join('\n');
}

function flat({ number, vatNumber, name, street }: CustomerKeys): readonly string[] {
  return [
    ...(number === undefined ? [] : [`number\n${number}`]),
    ...(vatNumber === undefined ? [] : [`vat\n${vatNumber}`]),
    street === undefined ? `name\n${joined(name)}` : `place\n${street}\n${joined(name)}`,
  ];
}
