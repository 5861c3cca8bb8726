import { lookup as lookupName } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Requests may not be sent to the address. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  constructor() {
    super('The address is private or special.');
  }
}

/**
 * Whether the address is one of the public Internet: not private, loopback, link-local, multicast, or special in any
 * other way, nor an IPv4 address of that kind within an IPv6 one.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** The only range of IPv6 from which public addresses are assigned so far. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

const MAX_URL_LENGTH = 2_000;

/**
 * Why requests may never be sent to a URL, in one sentence; `undefined` where they may, if its name resolves to public addresses
 * when it is used.
 * @param allowPrivate for development and tests: any address, without encryption too
 */
export function refusalOfUrl(url: string, allowPrivate: boolean): string | undefined {
  if (url.length > MAX_URL_LENGTH || !URL.canParse(url)) return 'This is not a URL.';
  const { protocol, username, password, hostname } = new URL(url);
  if (protocol !== 'https:' && !(allowPrivate && protocol === 'http:')) return 'The URL must be of https.';
  if (username !== '' || password !== '') return 'The URL must not hold a user or a password.';
  if (!allowPrivate && isRefusedHost(hostname))
    return 'The URL must lead to a public address, not to a private or special one.';
  return undefined;
}

/** Of a parsed URL, whose spellings of addresses (`0x7f.1`, `2130706433`) are one already. */
function isRefusedHost(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(literal)) return !isPublicAddress(literal);
  const name = hostname.replace(/\.$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || !name.includes('.');
}

/**
 * Looks a name up for a connection, which is then made to one of the addresses given, and to no other.
 * A name is refused when any of its addresses is.
 */
export function publicLookup(find: typeof lookupName = lookupName): LookupFunction {
  return (hostname, options, callback) => {
    find(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new AddressRefused(), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
