import type { Filter } from 'mongodb';
import { encodeKey, keyRange } from '../keys.ts';
import { decodePageToken } from '../page-token.ts';
import type { CollectionDefinition, Document, FindQuery, Spellings } from '../port.ts';
import { searchedSpellings } from '../words.ts';
import { keyField, type StoredDocument } from './layout.ts';

/** Appended to a word, sorts after every word that begins with it. */
const BEYOND_WORD = '\u{10ffff}';

/**
 * The filter for a query's documents: a range of its index, and one of the word index for each word;
 * `undefined` where the searched text has no words.
 * @throws TypeError the collection has no such index, or no text
 * @throws InvalidPageToken
 */
export function filterOf<D extends Document>(
  collection: CollectionDefinition<D>,
  query: FindQuery,
): Filter<StoredDocument> | undefined {
  const { index, direction, text, after } = query;
  if (!Object.hasOwn(collection.indexes, index))
    throw new TypeError(`${collection.name} has no index ${index}.`);
  if (text && !collection.text) throw new TypeError(`${collection.name} cannot be searched.`);
  const range = keyRange(query);
  const last = after === undefined ? undefined : decodePageToken(after, range);
  const upwards = last === undefined ? { $gte: range.low } : { $gt: last };
  const bounds =
    direction === 'descending'
      ? { $gte: range.low, $lt: last ?? range.high }
      : { ...upwards, $lt: range.high };
  const wanted = text ? searchedSpellings(text.wanted) : [];
  if (text && (wanted.length === 0 || wanted.some(({ length }) => length === 0))) return undefined;
  const words = wanted.map((spellings) => hasOne(text?.scope ?? '', spellings));
  return { [keyField(index)]: bounds, ...(words.length > 0 && { $and: words }) };
}

/** Some word of the text begins with one of these. */
function hasOne(scope: string, spellings: Spellings): Filter<StoredDocument> {
  const [first = {}, ...others] = spellings.map((word) => hasWord(scope, word));
  return others.length === 0 ? first : { $or: [first, ...others] };
}

/** Some word of the text begins with this one. */
function hasWord(scope: string, word: string): Filter<StoredDocument> {
  const beginning = encodeKey([scope, word]).slice(0, -1);
  return { words: { $elemMatch: { $gte: beginning, $lt: beginning + BEYOND_WORD } } };
}
