import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { sortKey } from '../keys.ts';
import type { CollectionDefinition, Document, Key } from '../port.ts';
import { decodeText, encodeText, NUMBER_OF_SCOPE, type Text, tablesOf, textOf } from './tables.ts';

/** A stored document's row, its text and its keys. */
type Stored = readonly [row: number, ...indexed: SQLInputValue[]];

/** Writes one collection's documents, with their keys and words. */
export class CollectionWriter {
  readonly #database: DatabaseSync;
  readonly #definition: CollectionDefinition<Document>;
  readonly #keys: readonly ((document: Document) => Key | undefined)[];
  /** The text and the keys. */
  readonly #indexed: readonly string[];
  readonly #documents: string;
  readonly #stored: StatementSync;
  readonly #insert: StatementSync;
  /** By which of the indexed columns they change. */
  readonly #updates = new Map<string, StatementSync>();
  readonly #remove: StatementSync;
  readonly #scopeNumber: StatementSync;
  readonly #insertScope: StatementSync;
  readonly #removeWord: StatementSync;
  readonly #insertWord: StatementSync;

  constructor(database: DatabaseSync, definition: CollectionDefinition<Document>) {
    const { documents, words, columns } = tablesOf(definition);
    this.#database = database;
    this.#definition = definition;
    this.#keys = Object.keys(columns).map((index) => definition.indexes[index] ?? (() => undefined));
    this.#indexed = ['text', ...Object.values(columns)];
    this.#documents = documents;
    this.#stored = database.prepare(`SELECT row, ${this.#indexed.join(', ')} FROM ${documents} WHERE id = ?`);
    this.#stored.setReturnArrays(true);
    this.#insert = database.prepare(
      `INSERT INTO ${documents} (id, position, document, ${this.#indexed.join(', ')})
       VALUES (?, ?, ?${', ?'.repeat(this.#indexed.length)})`,
    );
    this.#remove = database.prepare(`DELETE FROM ${documents} WHERE row = ?`);
    this.#scopeNumber = database.prepare(`SELECT ${NUMBER_OF_SCOPE}`);
    this.#scopeNumber.setReturnArrays(true);
    this.#insertScope = database.prepare('INSERT INTO scopes (scope) VALUES (?)');
    this.#removeWord = database.prepare(
      `DELETE FROM ${words} WHERE scope = ${NUMBER_OF_SCOPE} AND word = ? AND row = ?`,
    );
    this.#insertWord = database.prepare(`INSERT INTO ${words} (scope, word, row) VALUES (?, ?, ?)`);
  }

  save(id: string, document: Document, position: number): void {
    const text = textOf(this.#definition, document);
    const keys = this.#keys.map((keyOf): SQLInputValue => {
      const key = keyOf(document);
      return key === undefined ? null : sortKey(key, id);
    });
    const indexed = [encodeText(text), ...keys];
    const json = JSON.stringify(document);
    const stored = this.#find(id);
    if (stored === undefined) {
      const { lastInsertRowid } = this.#insert.run(id, position, json, ...indexed);
      this.#replaceWords(lastInsertRowid, undefined, text);
      return;
    }
    // Each column that is set is written again in its index, whether or not it has changed.
    const [row, ...before] = stored;
    const changed = this.#indexed.filter((_, column) => indexed[column] !== before[column]);
    const values = indexed.filter((value, column) => value !== before[column]);
    this.#update(changed).run(position, json, ...values, row);
    if (changed.includes('text')) this.#replaceWords(row, decodeText(before[0]), text);
  }

  remove(id: string): void {
    const stored = this.#find(id);
    if (stored === undefined) return;
    const [row, text] = stored;
    this.#replaceWords(row, decodeText(text), undefined);
    this.#remove.run(row);
  }

  #find(id: string): Stored | undefined {
    return this.#stored.get(id) as Stored | undefined;
  }

  #update(columns: readonly string[]): StatementSync {
    const which = columns.join();
    const known = this.#updates.get(which);
    if (known) return known;
    const set = ['position', 'document', ...columns].map((column) => `${column} = ?`);
    const update = this.#database.prepare(`UPDATE ${this.#documents} SET ${set.join(', ')} WHERE row = ?`);
    this.#updates.set(which, update);
    return update;
  }

  #replaceWords(row: number | bigint, before: Text | undefined, after: Text | undefined): void {
    const sameScope = before?.scope === after?.scope;
    const gone = new Set(before?.words);
    const added = after?.words.filter((word) => !(sameScope && gone.delete(word))) ?? [];
    if (after && added.length > 0) {
      const scope = this.#numberOf(after.scope);
      for (const word of added) this.#insertWord.run(scope, word, row);
    }
    if (before) for (const word of gone) this.#removeWord.run(before.scope, word, row);
  }

  /** Scopes are numbered as they are first used. */
  #numberOf(scope: string): number | bigint {
    const [known] = this.#scopeNumber.get(scope) as unknown as [number | null];
    return known ?? this.#insertScope.run(scope).lastInsertRowid;
  }
}
