import { BSON, type IndexDescription } from 'mongodb';
import type { Position } from '#event-store';
import { encodeKey, sortKey } from '../keys.ts';
import { verifyNames } from '../names.ts';
import type { CollectionDefinition, Document, Write } from '../port.ts';
import { distinctWords } from '../words.ts';

/** A document as it is stored, or the tombstone of one that has been removed. */
export interface StoredDocument {
  readonly _id: string;
  /** The number of the commit that wrote it. */
  readonly commit: number;
  readonly position: Position;
  /** As JSON, so that no field name or depth can conflict with the server's limits; absent in a tombstone. */
  readonly document?: string;
  /** By index: its sort key there. */
  readonly keys?: { readonly [index: string]: string };
  /** The words it is found by, each prefixed with its scope. */
  readonly words?: readonly string[];
  readonly removedAt?: Date;
}

/** A commit's write of one document. */
export interface StoredWrite {
  /** The collection's name. */
  readonly collection: string;
  readonly stored: Omit<StoredDocument, 'commit'>;
}

/** MongoDB accepts documents of 16 MiB, and a write must fit into the follower's document beside its other fields. */
const MAX_BYTES = 15 * 1024 * 1024;

/** How long the tombstone of a removed document keeps out late writes of earlier commits. */
const TOMBSTONE_SECONDS = 24 * 60 * 60;

/** The field of an index. */
export function keyField(index: string): string {
  return `keys.${index}`;
}

/** @throws TypeError a name that cannot be used */
export function indexesOf(collection: CollectionDefinition<Document>): IndexDescription[] {
  verifyNames(collection);
  const keys = Object.keys(collection.indexes).map(keyField);
  const fields = collection.text ? [...keys, 'words'] : keys;
  return [
    ...fields.map((field) => ({ key: { [field]: 1 }, name: field, sparse: true })),
    { key: { removedAt: 1 }, name: 'removedAt', sparse: true, expireAfterSeconds: TOMBSTONE_SECONDS },
  ];
}

/**
 * A write in its stored form.
 * @throws TypeError a key that has no place in its index
 */
export function storedWrite({ collection, id, document, position }: Required<Write>): StoredWrite {
  const { name, indexes, text } = collection;
  if (document === undefined) {
    return { collection: name, stored: { _id: id, position, removedAt: new Date() } };
  }
  const keys = Object.entries(indexes).flatMap(([index, keyOf]) => {
    const key = keyOf(document);
    return key === undefined ? [] : [[index, sortKey(key, id)]];
  });
  const found = text?.(document);
  const stored = {
    _id: id,
    position,
    document: JSON.stringify(document),
    keys: Object.fromEntries(keys),
    ...(found && { words: distinctWords(found.words).map((word) => encodeKey([found.scope, word])) }),
  };
  return { collection: name, stored };
}

/**
 * In bytes.
 * @throws RangeError it is too large to be stored
 */
export function sizeOf(write: StoredWrite): number {
  const size = BSON.calculateObjectSize(write);
  if (size <= MAX_BYTES) return size;
  throw new RangeError(`The document ${write.stored._id} of ${write.collection} is too large.`);
}

export function parse<D extends Document>(
  stored: Pick<StoredDocument, 'document'> | undefined,
): D | undefined {
  return stored?.document === undefined ? undefined : (JSON.parse(stored.document) as D);
}
