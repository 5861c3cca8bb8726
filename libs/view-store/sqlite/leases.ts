import type { DatabaseSync } from 'node:sqlite';
import type { Lease, LeaseState, Leases } from '../leases.ts';
import { available } from './errors.ts';

const UNKNOWN: LeaseState = { owner: undefined, term: 0, beat: 0 };

/** Leases in the table of the view file; each change is one statement. */
export class SqliteLeases implements Leases {
  readonly #database: () => DatabaseSync;

  constructor(database: () => DatabaseSync) {
    this.#database = database;
  }

  async read(name: string): Promise<LeaseState> {
    const sql = 'SELECT owner, term, beat FROM leases WHERE name = ?';
    const row = available(() => this.#database().prepare(sql).get(name));
    if (row === undefined) return UNKNOWN;
    const { owner, term, beat } = row;
    return { owner: owner === null ? undefined : String(owner), term: Number(term), beat: Number(beat) };
  }

  async claim(name: string, owner: string, { term, beat }: LeaseState): Promise<Lease | undefined> {
    const next = term + 1;
    const claimed =
      term === 0
        ? this.#change('INSERT INTO leases VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING', name, owner, next)
        : this.#change(
            'UPDATE leases SET owner = ?, term = ?, beat = 0 WHERE name = ? AND term = ? AND beat = ?',
            ...[owner, next, name, term, beat],
          );
    return claimed ? { name, owner, term: next } : undefined;
  }

  async renew({ name, owner, term }: Lease): Promise<boolean> {
    const sql = 'UPDATE leases SET beat = beat + 1 WHERE name = ? AND owner = ? AND term = ?';
    return this.#change(sql, name, owner, term);
  }

  async release({ name, owner, term }: Lease): Promise<void> {
    const sql = 'UPDATE leases SET owner = NULL WHERE name = ? AND owner = ? AND term = ?';
    this.#change(sql, name, owner, term);
  }

  /** Whether a row was changed. */
  #change(sql: string, ...parameters: (string | number)[]): boolean {
    return available(
      () =>
        this.#database()
          .prepare(sql)
          .run(...parameters).changes > 0,
    );
  }
}
