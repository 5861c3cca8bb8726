import type { FindQuery, Key, KeyPart } from './port.ts';

/** Ends each part. Sorts below every character a part may hold, so that a shorter text orders before a longer one. */
const END = '\u0001';

/** The first character of each part: it orders the kinds of values. */
const KIND = { null: '0', false: '1', true: '2', number: '3', text: '4' } as const;

/** Sorts after every part that may follow a prefix. */
const BEYOND = '5';

const bits = new DataView(new ArrayBuffer(8));

/** Sixteen hexadecimal digits whose text order is the order of the numbers. */
function encodeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be part of a key.`);
  // Adding zero makes -0 the 0 it equals.
  bits.setFloat64(0, value + 0);
  const high = bits.getUint32(0);
  const low = bits.getUint32(4);
  const negative = high >>> 31 === 1;
  return negative ? digits(~high) + digits(~low) : digits(high | 0x80000000) + digits(low);
}

/** The eight hexadecimal digits of 32 bits. */
function digits(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters the encoding reserves
const RESERVED = /[\u0000-\u0002]/;
const ALL_RESERVED = new RegExp(RESERVED, 'g');

/** Escapes the characters up to `END`, keeping their order. */
function encodeText(text: string): string {
  const wellFormed = text.toWellFormed();
  // Hardly any text has one, and finding that out costs half of a replacement without effect.
  if (!RESERVED.test(wellFormed)) return wellFormed;
  return wellFormed.replace(ALL_RESERVED, (reserved) => `\u0002${reserved.charCodeAt(0)}`);
}

function encodePart(part: KeyPart): string {
  if (part === null) return KIND.null + END;
  if (typeof part === 'boolean') return (part ? KIND.true : KIND.false) + END;
  if (typeof part === 'number') return KIND.number + encodeNumber(part) + END;
  return KIND.text + encodeText(part) + END;
}

/**
 * The key as text that orders as the key does, compared by code points (as UTF-8 bytes do): null, false, true,
 * numbers, text. The keys that begin with the same parts are the texts that begin with the encoding of those parts.
 * @throws TypeError a number that is not finite
 */
export function encodeKey(key: Key): string {
  let encoded = '';
  for (const part of key) encoded += encodePart(part);
  return encoded;
}

/**
 * The sort key of a document in an index: its key, and then its id, so that each is unique. A key
 * that ends with the id is unique already.
 */
export function sortKey(key: Key, id: string): string {
  const encoded = encodeKey(key);
  return key.at(-1) === id ? encoded : encoded + END + encodeText(id);
}

/** The encodings of every prefix of a key, the empty one first. */
export function prefixesOf(sortKey: string): string[] {
  const prefixes = [''];
  for (let end = sortKey.indexOf(END); end >= 0; end = sortKey.indexOf(END, end + 1)) {
    prefixes.push(sortKey.slice(0, end + 1));
  }
  return prefixes;
}

/** Sort keys from `low` inclusive to `high` exclusive. */
export interface KeyRange {
  readonly low: string;
  readonly high: string;
}

/** The range of sort keys that a query covers. */
export function keyRange({ prefix, from, to }: Pick<FindQuery, 'prefix' | 'from' | 'to'>): KeyRange {
  const start = encodeKey(prefix);
  return {
    low: from === undefined ? start : start + encodePart(from),
    high: to === undefined ? start + BEYOND : start + encodePart(to),
  };
}
