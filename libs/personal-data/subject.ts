import { nameKey } from '#domain/catalogue';

const ADDRESS = /[^\s<>(),;:"]+@[^\s<>(),;:"]+\.[^\s<>(),;:"]+/g;

/**
 * The person that a text names: by the only e-mail address in it, in lower case; else by all of it, compared as
 * names are (R-K7). Two texts of one person that have neither in common are of two data subjects.
 */
export function subjectIn(text: string): string {
  const addresses = new Set(text.match(ADDRESS)?.map((address) => address.toLowerCase()));
  const [address] = addresses;
  return address !== undefined && addresses.size === 1 ? address : nameKey(text);
}
