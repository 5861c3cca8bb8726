import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { sortKey } from '../keys.ts';
import type { CollectionDefinition, Document, Key } from '../port.ts';
import { decodeText, encodeText, type Text, tablesOf, textOf } from './tables.ts';

/** Writes one collection's documents, with their keys and words. */
export class CollectionWriter {
  readonly #definition: CollectionDefinition<Document>;
  readonly #keys: readonly ((document: Document) => Key | undefined)[];
  readonly #save: StatementSync;
  readonly #remove: StatementSync;
  readonly #storedText: StatementSync;
  readonly #removeWord: StatementSync;
  readonly #insertWord: StatementSync;

  constructor(database: DatabaseSync, definition: CollectionDefinition<Document>) {
    const { documents, words, columns } = tablesOf(definition);
    this.#definition = definition;
    this.#keys = Object.keys(columns).map((index) => definition.indexes[index] ?? (() => undefined));
    const names = ['position', 'document', 'text', ...Object.values(columns)];
    this.#save = database.prepare(
      `INSERT INTO ${documents} (id, ${names.join(', ')}) VALUES (?${', ?'.repeat(names.length)})
       ON CONFLICT (id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    );
    this.#remove = database.prepare(`DELETE FROM ${documents} WHERE id = ?`);
    this.#storedText = database.prepare(`SELECT row, text FROM ${documents} WHERE id = ?`);
    this.#removeWord = database.prepare(`DELETE FROM ${words} WHERE scope = ? AND word = ? AND row = ?`);
    this.#insertWord = database.prepare(`INSERT INTO ${words} (scope, word, row) VALUES (?, ?, ?)`);
  }

  save(id: string, document: Document, position: number): void {
    if (this.#definition.text === undefined) {
      this.#upsert(id, document, position, undefined);
      return;
    }
    const stored = this.#stored(id);
    const text = textOf(this.#definition, document);
    const inserted = this.#upsert(id, document, position, text);
    this.#replaceWords(stored?.row ?? inserted, stored?.text, text);
  }

  remove(id: string): void {
    const stored = this.#definition.text && this.#stored(id);
    if (stored) this.#replaceWords(stored.row, stored.text, undefined);
    this.#remove.run(id);
  }

  /** Returns the row's number if the row is new. */
  #upsert(id: string, document: Document, position: number, text: Text | undefined): number | bigint {
    const keys = this.#keys.map((keyOf): SQLInputValue => {
      const key = keyOf(document);
      return key === undefined ? null : sortKey(key, id);
    });
    return this.#save.run(id, position, JSON.stringify(document), encodeText(text), ...keys).lastInsertRowid;
  }

  #stored(id: string): { row: number; text: Text | undefined } | undefined {
    const found = this.#storedText.get(id);
    return found && { row: Number(found.row), text: decodeText(found.text) };
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
