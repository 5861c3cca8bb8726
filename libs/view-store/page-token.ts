import { Buffer } from 'node:buffer';
import type { KeyRange } from './keys.ts';
import { InvalidPageToken } from './port.ts';

/** A token for the page after the document with this sort key. */
export function encodePageToken(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}

/**
 * The sort key of the last document of the page before.
 * @throws InvalidPageToken it is damaged, or of a query with another range
 */
export function decodePageToken(token: string, { low, high }: KeyRange): string {
  const encoded = Buffer.from(token, 'base64url');
  const sortKey = encoded.toString();
  const isWithin = encoded.compare(Buffer.from(low)) >= 0 && encoded.compare(Buffer.from(high)) < 0;
  if (encoded.length === 0 || encodePageToken(sortKey) !== token || !isWithin) throw new InvalidPageToken();
  return sortKey;
}
