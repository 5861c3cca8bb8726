import {
  addressWords,
  type BuildingDetails,
  type CopySource,
  type CustomerDetails,
  cityKey,
  companyKey,
  customerNumberKey,
  foldText,
  type LocationDetails,
  labelKey,
  nameKey,
  postalCodeKey,
  streetKey,
  vatNumberKey,
} from '#domain/catalogue';
import type { CollectionDefinition, Key } from '#view-store';
import type { Reflecting } from '../reflecting.ts';
import { codeWords, vatNumberWords, wordsOf } from '../search.ts';

/** The fields that every entry of an account's catalogue has. */
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

/** Names are ordered ignoring case and accents; look-ups use normalised keys. */
export const customers: CollectionDefinition<CustomerDocument> = {
  name: 'customers',
  indexes: {
    'by-name': ({ account, details, id }) => [account, foldText(details.name), id],
    'by-customer-number': ({ account, details, id }) =>
      keyed(customerNumberKey(details.customerNumber), (number) => [account, number, id]),
    'by-vat-key': ({ account, details, id }) =>
      keyed(vatNumberKey(details.vatNumber), (number) => [account, number, id]),
    'by-company': ({ account, details: { name }, id }) => [account, companyKey(name), nameKey(name), id],
    'by-postal-address': ({ account, details: { name, address }, id }) =>
      keyed(postalCodeKey(address.postalCode), (code) => [
        account,
        streetKey(address.street),
        code,
        companyKey(name),
        id,
      ]),
    'by-town-address': ({ account, details: { name, address }, id }) => [
      account,
      streetKey(address.street),
      cityKey(address.city),
      companyKey(name),
      id,
    ],
    'by-copy-source': ({ account, copiedFrom, id }) => copiedFrom && [account, copiedFrom.id, id],
  },
  text: ({ account, details: { name, internalName, customerNumber, vatNumber, address } }) => ({
    scope: account,
    words: [
      ...wordsOf(name, internalName),
      ...codeWords(customerNumber),
      ...vatNumberWords({ vatNumber, address }),
      ...addressWords(address),
    ],
  }),
};

export const locations: CollectionDefinition<LocationDocument> = {
  name: 'locations',
  indexes: {
    'by-name': ({ account, details, id }) => [account, foldText(details.name), id],
    'by-customer': ({ account, customerId, details, id }) => [
      account,
      customerId,
      foldText(details.name),
      id,
    ],
    'by-street': ({ account, customerId, details, id }) => [
      account,
      customerId,
      streetKey(details.address.street),
      id,
    ],
    'by-postal-address': ({ account, details: { address }, id }) =>
      keyed(postalCodeKey(address.postalCode), (code) => [account, streetKey(address.street), code, id]),
    'by-town-address': ({ account, details: { address }, id }) => [
      account,
      streetKey(address.street),
      cityKey(address.city),
      id,
    ],
    'by-copy-source': ({ account, copiedFrom, id }) => copiedFrom && [account, copiedFrom.id, id],
  },
  text: ({ account, details }) => ({
    scope: account,
    words: [...wordsOf(details.name), ...addressWords(details.address)],
  }),
};

export const buildings: CollectionDefinition<BuildingDocument> = {
  name: 'buildings',
  indexes: {
    'by-name': ({ account, details, id }) => [account, foldText(details.name), id],
    'by-customer': ({ account, customerId, details, id }) => [
      account,
      customerId,
      foldText(details.name),
      id,
    ],
    'by-location': ({ account, locationId, details, id }) => [
      account,
      locationId,
      foldText(details.name),
      id,
    ],
    'by-label': ({ account, locationId, details, id }) => [account, locationId, labelKey(details.name), id],
    'by-copy-source': ({ account, copiedFrom, id }) => copiedFrom && [account, copiedFrom.id, id],
  },
  text: ({ account, details }) => ({
    scope: account,
    words: [...wordsOf(details.name), ...(details.address ? addressWords(details.address) : [])],
  }),
};

/** `undefined` where there is no value to look the entry up by. */
function keyed(part: string | undefined, keyOf: (part: string) => Key): Key | undefined {
  return part === undefined ? undefined : keyOf(part);
}
