import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { sortKey } from '../keys.ts';
import type { CollectionDefinition, Document, Key } from '../port.ts';
import { decodeText, encodeText, type Text, tablesOf, textOf } from './tables.ts';

/** A document's row number, its text, and the key of each index. */
type StoredRow = [row: number, text: string | null, ...keys: (string | null)[]];

/**
 * Writes one collection's documents, with the keys and words they are found by. Of a stored document only those keys are
 * written that change: SQLite takes out and enters again what stands in the index of every column that an update names.
 */
export class CollectionWriter {
  readonly #definition: CollectionDefinition<Document>;
  readonly #keys: readonly ((document: Document) => Key | undefined)[];
  readonly #insert: StatementSync;
  readonly #stored: StatementSync;
  readonly #remove: StatementSync;
  readonly #removeWord: StatementSync;
  readonly #insertWord: StatementSync;
  readonly #prepare: (sql: string) => StatementSync;
  readonly #documents: string;
  /** Its text, and the key of each index. */
  readonly #found: readonly string[];
  /** By the columns that change beside the document. */
  readonly #updates = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, definition: CollectionDefinition<Document>) {
    const { documents, words, columns } = tablesOf(definition);
    this.#definition = definition;
    this.#keys = Object.keys(columns).map((index) => definition.indexes[index] ?? (() => undefined));
    this.#prepare = (sql) => database.prepare(sql);
    this.#documents = documents;
    this.#found = ['text', ...Object.values(columns)];
    const names = ['id', 'position', 'document', ...this.#found];
    this.#insert = database.prepare(
      `INSERT INTO ${documents} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT (id) DO NOTHING`,
    );
    this.#stored = database.prepare(`SELECT row, ${this.#found.join(', ')} FROM ${documents} WHERE id = ?`);
    this.#stored.setReturnArrays(true);
    this.#remove = database.prepare(`DELETE FROM ${documents} WHERE row = ?`);
    this.#removeWord = database.prepare(`DELETE FROM ${words} WHERE scope = ? AND word = ? AND row = ?`);
    this.#insertWord = database.prepare(`INSERT INTO ${words} (scope, word, row) VALUES (?, ?, ?)`);
  }

  save(id: string, document: Document, position: number): void {
    const text = textOf(this.#definition, document);
    const json = JSON.stringify(document);
    const found = [encodeText(text), ...this.#keys.map((keyOf) => encoded(keyOf(document), id))];
    const { changes, lastInsertRowid } = this.#insert.run(id, position, json, ...found);
    if (changes > 0) {
      this.#replaceWords(lastInsertRowid, undefined, text);
      return;
    }
    const [row, ...before] = this.#stored.get(id) as unknown as StoredRow;
    const changed = found.flatMap((value, column) => (value === before[column] ? [] : [column]));
    this.#update(changed).run(position, json, ...changed.map((column) => found[column] ?? null), row);
    if (found[0] !== before[0]) this.#replaceWords(row, decodeText(before[0]), text);
  }

  remove(id: string): void {
    const stored = this.#stored.get(id) as unknown as StoredRow | undefined;
    if (stored === undefined) return;
    const [row, text] = stored;
    this.#replaceWords(row, decodeText(text), undefined);
    this.#remove.run(row);
  }

  #update(changed: readonly number[]): StatementSync {
    const key = changed.join();
    const known = this.#updates.get(key);
    if (known) return known;
    const columns = ['position', 'document', ...changed.map((column) => this.#found[column])];
    const sets = columns.map((column) => `${column} = ?`).join(', ');
    const update = this.#prepare(`UPDATE ${this.#documents} SET ${sets} WHERE row = ?`);
    this.#updates.set(key, update);
    return update;
  }

  #replaceWords(row: number | bigint, before: Text | undefined, after: Text | undefined): void {
    const sameScope = before?.scope === after?.scope;
    const gone = new Set(before?.words);
    for (const word of after?.words ?? []) {
      if (!(sameScope && gone.delete(word))) this.#insertWord.run(after?.scope ?? '', word, row);
    }
    for (const word of gone) this.#removeWord.run(before?.scope ?? '', word, row);
  }
}

function encoded(key: Key | undefined, id: string): string | null {
  return key === undefined ? null : sortKey(key, id);
}
