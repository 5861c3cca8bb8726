import type { Changes, DomainEvent } from '#domain/kernel';

export interface Address {
  readonly street: string;
  readonly postalCode?: string;
  readonly city: string;
  readonly country?: string;
  readonly region?: string;
}

/** A customer's details in one account's catalogue. Only name, VAT number and address may ever be copied (R-T3). */
export interface CustomerDetails {
  readonly name: string;
  readonly address: Address;
  readonly vatNumber?: string;
  readonly internalName?: string;
  readonly customerNumber?: string;
  readonly region?: string;
  readonly language?: string;
  readonly contact?: string;
  readonly labels?: readonly string[];
}

export interface LocationDetails {
  readonly name: string;
  readonly address: Address;
  /** Determines which regulation applies. */
  readonly region?: string;
}

export interface BuildingDetails {
  readonly name: string;
  readonly address?: Address;
}

/** The share a copy was taken from; the copy is the account's own from then on (R-T4). */
export interface CopySource {
  readonly shareId: string;
  readonly id: string;
}

export type CustomerAdded = DomainEvent<
  'CustomerAdded',
  { customerId: string; account: string; details: CustomerDetails; copiedFrom?: CopySource }
>;
export type CustomerChanged = DomainEvent<
  'CustomerChanged',
  { customerId: string; account: string; changes: Changes<CustomerDetails> }
>;
export type CustomerEvent = CustomerAdded | CustomerChanged;

export type LocationAdded = DomainEvent<
  'LocationAdded',
  {
    locationId: string;
    account: string;
    customerId: string;
    details: LocationDetails;
    copiedFrom?: CopySource;
  }
>;
export type LocationChanged = DomainEvent<
  'LocationChanged',
  { locationId: string; account: string; changes: Changes<LocationDetails> }
>;
export type LocationEvent = LocationAdded | LocationChanged;

export type BuildingAdded = DomainEvent<
  'BuildingAdded',
  {
    buildingId: string;
    account: string;
    locationId: string;
    customerId: string;
    details: BuildingDetails;
    copiedFrom?: CopySource;
  }
>;
export type BuildingChanged = DomainEvent<
  'BuildingChanged',
  { buildingId: string; account: string; changes: Changes<BuildingDetails> }
>;
export type BuildingEvent = BuildingAdded | BuildingChanged;
