import { Buffer } from 'node:buffer';
import type { KeyRange } from './keys.ts';
import { InvalidPageToken } from './port.ts';

/** Where a page ended: the encoded key and the id of its last document. */
export interface PageEnd {
  readonly key: string;
  readonly id: string;
}

export function encodePageToken({ key, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** @throws InvalidPageToken it is damaged, or of a query with another range */
export function decodePageToken(token: string, { low, high }: KeyRange): PageEnd {
  const [key, id] = parse(token);
  if (typeof key !== 'string' || typeof id !== 'string') throw new InvalidPageToken();
  const encoded = Buffer.from(key);
  if (encoded.compare(Buffer.from(low)) < 0 || encoded.compare(Buffer.from(high)) >= 0) {
    throw new InvalidPageToken();
  }
  return { key, id };
}

function parse(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
