import type { DatabaseSync } from 'node:sqlite';
import { verifyNames } from '../names.ts';
import type { CollectionDefinition, Document } from '../port.ts';
import { distinctWords } from '../words.ts';

/** A collection's tables: one row a document with a column for each index, and one row for each word of its text. */
export interface Tables {
  /** Of the collection. */
  readonly name: string;
  readonly documents: string;
  readonly words: string;
  /** Each index's column, by the index's name. */
  readonly columns: { readonly [index: string]: string };
  /** What the tables depend on; another shape needs other tables. */
  readonly shape: string;
}

const known = new WeakMap<object, Tables>();

/** @throws TypeError a name that cannot be used */
export function tablesOf<D extends Document>(collection: CollectionDefinition<D>): Tables {
  const found = known.get(collection);
  if (found) return found;
  verifyNames(collection);
  const { name, indexes, text } = collection;
  const names = Object.keys(indexes);
  const tables: Tables = {
    name,
    documents: `"documents:${name}"`,
    words: `"words:${name}"`,
    columns: Object.fromEntries(names.map((index) => [index, `"key:${index}"`])),
    shape: JSON.stringify({ name, indexes: names.toSorted(), text: text !== undefined }),
  };
  known.set(collection, tables);
  return tables;
}

export function createTables(database: DatabaseSync, collection: CollectionDefinition<Document>): void {
  const { name, shape, documents, words, columns } = tablesOf(collection);
  const keys = Object.values(columns);
  database.exec(`
    CREATE TABLE ${documents} (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      position INTEGER NOT NULL,
      document TEXT NOT NULL,
      text TEXT${keys.map((key) => `, ${key} TEXT`).join('')}
    );
    CREATE TABLE ${words} (
      scope INTEGER, word TEXT, row INTEGER, PRIMARY KEY (scope, word, row)
    ) WITHOUT ROWID;
  `);
  createIndexes(database, collection);
  database.prepare('INSERT OR REPLACE INTO collections (name, shape) VALUES (?, ?)').run(name, shape);
}

export function createIndexes(database: DatabaseSync, collection: CollectionDefinition<Document>): void {
  const { name, documents, columns } = tablesOf(collection);
  for (const [index, key] of Object.entries(columns)) {
    database.exec(`CREATE INDEX "index:${name}:${index}" ON ${documents} (${key}) WHERE ${key} IS NOT NULL`);
  }
}

export function dropIndexes(database: DatabaseSync, collection: CollectionDefinition<Document>): void {
  const indexes = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
    .all(tablesOf(collection).documents.slice(1, -1));
  for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`);
}

/** Removes a collection with everything in it. */
export function dropTables(database: DatabaseSync, name: string): void {
  database.exec(`DROP TABLE IF EXISTS "documents:${name}"; DROP TABLE IF EXISTS "words:${name}"`);
  database.prepare('DELETE FROM collections WHERE name = ?').run(name);
}

/** The table of a collection's documents while its tables are created again. */
const EARLIER = '"earlier documents"';

/** Makes room for tables of another shape; `refillTables` restores the documents. */
export function setTablesAside(database: DatabaseSync, collection: CollectionDefinition<Document>): void {
  const { documents, words } = tablesOf(collection);
  dropIndexes(database, collection);
  database.exec(`DROP TABLE ${words}; ALTER TABLE ${documents} RENAME TO ${EARLIER}`);
}

export function refillTables(database: DatabaseSync, save: (stored: StoredDocument) => void): void {
  const stored = database.prepare(`SELECT id, document, position FROM ${EARLIER}`);
  for (const { id, document, position } of stored.iterate()) {
    save({ id: String(id), document: JSON.parse(String(document)), position: Number(position) });
  }
  database.exec(`DROP TABLE ${EARLIER}`);
}

export interface StoredDocument {
  readonly id: string;
  readonly document: Document;
  readonly position: number;
}

/** The number of a scope in the tables of words, each row of which has it. */
export const NUMBER_OF_SCOPE = '(SELECT number FROM scopes WHERE scope = ?)';

/** The words by which a document is found. */
export interface Text {
  readonly scope: string;
  readonly words: readonly string[];
}

/** The text as stored in the document's row, from which the words of the earlier state are removed later. */
export function encodeText(text: Text | undefined): string | null {
  return text === undefined ? null : JSON.stringify([text.scope, ...text.words]);
}

export function decodeText(stored: unknown): Text | undefined {
  if (typeof stored !== 'string') return undefined;
  const [scope = '', ...words] = JSON.parse(stored) as string[];
  return { scope, words };
}

export function textOf(collection: CollectionDefinition<Document>, document: Document): Text | undefined {
  const text = collection.text?.(document);
  return text && { scope: text.scope, words: distinctWords(text.words) };
}
