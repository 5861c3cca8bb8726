import { Buffer } from 'node:buffer';
import { type KeyRange, sortKey } from './keys.ts';
import { type CollectionDefinition, type Document, InvalidPageToken } from './port.ts';

/** A token for the page after the document with this sort key. */
export function encodePageToken(sortKey: string): string {
  return Buffer.from(sortKey).toString('base64url');
}

/**
 * The sort key of the last document of the page before.
 * @throws InvalidPageToken it is damaged, or from a query with another range
 */
export function decodePageToken(token: string, { low, high }: KeyRange): string {
  const encoded = Buffer.from(token, 'base64url');
  const sortKey = encoded.toString();
  const isWithin = encoded.compare(Buffer.from(low)) >= 0 && encoded.compare(Buffer.from(high)) < 0;
  if (encoded.length === 0 || encodePageToken(sortKey) !== token || !isWithin) throw new InvalidPageToken();
  return sortKey;
}

/**
 * A token for the page that begins after this document, wherever in a page it was.
 * @throws TypeError the index does not have it
 */
export function pageTokenAfter<D extends Document>(
  collection: CollectionDefinition<D>,
  index: string,
  document: D,
): string {
  const key = collection.indexes[index]?.(document);
  if (key === undefined) throw new TypeError(`${document.id} is not in the index ${index}.`);
  return encodePageToken(sortKey(key, document.id));
}
