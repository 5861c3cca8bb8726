export {
  cityKey,
  countryKey,
  countryOf,
  isPostalCode,
  postalCodeKey,
  sameAddress,
  streetKey,
} from './address.ts';
export * from './building.ts';
export * from './commands.ts';
export * from './customer.ts';
export { isKeptBy, type Kept } from './entry.ts';
export * from './events.ts';
export * from './identity.ts';
export * from './location.ts';
export * from './placeholders.ts';
export * from './searching.ts';
export { similarName } from './similar.ts';
export * from './text.ts';
export * from './vat-number.ts';
