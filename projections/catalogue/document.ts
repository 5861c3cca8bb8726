import {
  type Address,
  type BuildingDetails,
  type CopySource,
  type CustomerDetails,
  type LocationDetails,
  normaliseAddress,
  normaliseName,
  normaliseText,
  normaliseVat,
} from '#domain/catalogue';
import type { CollectionDefinition } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

/** What every entry of an account's catalogue has. */
interface EntryDocument<Details> extends Reflecting {
  /** The entry's own id. */
  readonly id: string;
  readonly account: string;
  readonly details: Details;
  /** The share it was copied from (R-T4). */
  readonly copiedFrom?: CopySource;
}

export interface CustomerDocument extends EntryDocument<CustomerDetails> {}

export interface LocationDocument extends EntryDocument<LocationDetails> {
  readonly customerId: string;
}

export interface BuildingDocument extends EntryDocument<BuildingDetails> {
  readonly locationId: string;
  readonly customerId: string;
}

/** Names are told apart, and stand in order, without regard to capitals and accents. */
export const customers: CollectionDefinition<CustomerDocument> = {
  name: 'customers',
  indexes: {
    'by-name': ({ account, details, id }) => [account, normaliseText(details.name), id],
    'by-vat-number': ({ account, details, id }) =>
      details.vatNumber === undefined ? undefined : [account, normaliseVat(details.vatNumber), id],
    'by-name-key': ({ account, details, id }) => [account, normaliseName(details.name), id],
    'by-address-key': ({ account, details, id }) => [account, normaliseAddress(details.address), id],
    'by-copy-source': ({ account, copiedFrom, id }) => copiedFrom && [account, copiedFrom.id, id],
  },
  text: ({ account, details }) => ({
    scope: account,
    text: words(
      details.name,
      details.internalName,
      details.customerNumber,
      details.vatNumber,
      details.address,
    ),
  }),
};

export const locations: CollectionDefinition<LocationDocument> = {
  name: 'locations',
  indexes: {
    'by-name': ({ account, details, id }) => [account, normaliseText(details.name), id],
    'by-customer': ({ account, customerId, details, id }) => [
      account,
      customerId,
      normaliseText(details.name),
      id,
    ],
    'by-name-key': ({ account, details, id }) => [account, normaliseName(details.name), id],
    'by-address-key': ({ account, details, id }) => [account, normaliseAddress(details.address), id],
    'by-street': ({ account, customerId, details, id }) => [
      account,
      customerId,
      streetKey(details.address),
      id,
    ],
    'by-copy-source': ({ account, copiedFrom, id }) => copiedFrom && [account, copiedFrom.id, id],
  },
  text: ({ account, details }) => ({ scope: account, text: words(details.name, details.address) }),
};

export const buildings: CollectionDefinition<BuildingDocument> = {
  name: 'buildings',
  indexes: {
    'by-name': ({ account, details, id }) => [account, normaliseText(details.name), id],
    'by-customer': ({ account, customerId, details, id }) => [
      account,
      customerId,
      normaliseText(details.name),
      id,
    ],
    'by-location': ({ account, locationId, details, id }) => [
      account,
      locationId,
      normaliseText(details.name),
      id,
    ],
    'by-copy-source': ({ account, copiedFrom, id }) => copiedFrom && [account, copiedFrom.id, id],
  },
  text: ({ account, details }) => ({ scope: account, text: words(details.name, details.address) }),
};

/** Street and postal code as they compare: within a customer a location is known by them. */
export function streetKey({ street, postalCode = '' }: Address): string {
  return `${normaliseText(street)}, ${normaliseText(postalCode).replaceAll(' ', '')}`;
}

function words(...parts: readonly (string | Address | undefined)[]): string {
  return parts
    .flatMap((part) => (typeof part === 'object' ? [part.street, part.postalCode, part.city] : [part]))
    .filter((part) => part !== undefined)
    .join(' ');
}
