import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { type Position, START } from '#event-store';
import { keyRange } from '../keys.ts';
import { decodePageToken, encodePageToken } from '../page-token.ts';
import {
  type CollectionDefinition,
  type Document,
  type FindQuery,
  type Page,
  type ViewReader,
  ViewStoreUnavailable,
} from '../port.ts';
import type { ProgressSignals } from '../signals.ts';
import { queryWords } from '../words.ts';
import { available } from './errors.ts';
import { BUSY_TIMEOUT_MS, hasSchema } from './file.ts';
import { type Tables, tablesOf } from './tables.ts';

/** How often a checkpoint is looked at where no signal tells of it. */
const POLL_MS = 10;

const DEFAULT_LIMIT = 50;

/** After every word that begins with the one before it. */
const BEYOND_WORD = '\u{10ffff}';

type Row = SQLInputValue[];

/** What reading and writing connections have in common. */
export abstract class SqliteViews implements ViewReader {
  readonly #statements = new Map<string, StatementSync>();
  readonly #closing = new AbortController();

  protected constructor(protected readonly signals: ProgressSignals | undefined) {}

  protected abstract get database(): DatabaseSync;

  /** Whether the collection's tables can be asked; where they cannot, nothing has been stored yet. */
  protected abstract ready(collection: CollectionDefinition<Document>): boolean;

  async get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    const [document] = await this.getMany(collection, [id]);
    return document;
  }

  async getMany<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly (D | undefined)[]> {
    const tables = tablesOf(collection);
    return available(() => {
      if (!this.ready(collection)) return ids.map(() => undefined);
      const statement = this.statement(`SELECT document FROM ${tables.documents} WHERE id = ?`);
      return ids.map((id) => parse<D>(statement.get(id)));
    });
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>> {
    const { limit = DEFAULT_LIMIT, direction = 'ascending' } = query;
    const tables = tablesOf(collection);
    const { key, where, parameters } = condition(collection, tables, query);
    const order = direction === 'ascending' ? 'ASC' : 'DESC';
    const sql = `SELECT document, ${key} FROM ${tables.documents} WHERE ${where} ORDER BY ${key} ${order} LIMIT ?`;
    return available(() => {
      if (!this.ready(collection)) return { items: [] };
      const rows = this.statement(sql).all(...parameters, limit + 1) as unknown as Row[];
      const items = rows.slice(0, limit).flatMap((row) => parse<D>(row) ?? []);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return last ? { items, next: encodePageToken(String(last[1])) } : { items };
    });
  }

  async count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Pick<FindQuery, 'index' | 'prefix' | 'from' | 'to' | 'text'>,
  ): Promise<number> {
    const tables = tablesOf(collection);
    const { where, parameters } = condition(collection, tables, query);
    return available(() => {
      if (!this.ready(collection)) return 0;
      const row = this.statement(`SELECT count(*) FROM ${tables.documents} WHERE ${where}`).get(
        ...parameters,
      );
      return Number((row as unknown as Row)[0]);
    });
  }

  async checkpoint(follower: string): Promise<Position> {
    return available(() => this.readCheckpoint(follower));
  }

  async waitFor(follower: string, position: Position, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    const { signal: closing } = this.#closing;
    while (!closing.aborted) {
      if ((await this.checkpoint(follower)) >= position) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      const progress = this.signals?.get(follower);
      // A signal that has been there before the checkpoint was reset says nothing of its way back.
      if (progress && progress.current < position) {
        await progress.waitBeyond((position - 1) as Position, { timeoutMs: left, signal: closing });
      } else {
        await delay(Math.min(left, POLL_MS), undefined, { signal: closing }).catch(() => undefined);
      }
    }
    return false;
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#statements.clear();
    this.disconnect();
  }

  protected abstract disconnect(): void;

  protected readCheckpoint(follower: string): Position {
    const row = this.statement('SELECT position FROM checkpoints WHERE follower = ?').get(follower);
    return row === undefined ? START : (Number((row as unknown as Row)[0]) as Position);
  }

  /** Prepared once; rows come as arrays. */
  protected statement(sql: string): StatementSync {
    const prepared = this.#statements.get(sql);
    if (prepared) return prepared;
    const statement = this.database.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function parse<D extends Document>(row: unknown): D | undefined {
  return row === undefined ? undefined : (JSON.parse(String((row as Row)[0])) as D);
}

interface Condition {
  /** The index's column. */
  readonly key: string;
  readonly where: string;
  readonly parameters: SQLInputValue[];
}

/** @throws TypeError the collection has no such index, or no text */
function condition<D extends Document>(
  collection: CollectionDefinition<D>,
  tables: Tables,
  query: FindQuery,
): Condition {
  const key = Object.hasOwn(tables.columns, query.index) ? tables.columns[query.index] : undefined;
  if (key === undefined) throw new TypeError(`${collection.name} has no index ${query.index}.`);
  if (query.text && !collection.text) throw new TypeError(`${collection.name} cannot be searched.`);
  const range = keyRange(query);
  const terms = [`${key} >= ?`, `${key} < ?`];
  const parameters: SQLInputValue[] = [range.low, range.high];
  if (query.after !== undefined) {
    terms.push(`${key} ${query.direction === 'descending' ? '<' : '>'} ?`);
    parameters.push(decodePageToken(query.after, range));
  }
  for (const word of query.text ? queryWords(query.text.query) : []) {
    terms.push(`row IN (SELECT row FROM ${tables.words} WHERE scope = ? AND word >= ? AND word < ?)`);
    parameters.push(query.text?.scope ?? '', word, word + BEYOND_WORD);
  }
  return { key, where: terms.join(' AND '), parameters };
}

export interface SqliteViewReaderOptions {
  readonly path: string;
  /** Shared with the writer's thread; without them a wait looks at the file every few milliseconds. */
  readonly signals?: ProgressSignals;
}

/**
 * The views for a thread or process that only reads them. The file is opened with the first question, so that
 * reader and writer may start in any order; a collection nobody has written yet is an empty one.
 */
export class SqliteViewReader extends SqliteViews {
  readonly #path: string;
  /** Shapes of collections seen to be as asked for. */
  readonly #known = new Set<string>();
  #database: DatabaseSync | undefined;

  constructor({ path, signals }: SqliteViewReaderOptions) {
    super(signals);
    this.#path = path;
  }

  protected override get database(): DatabaseSync {
    this.#database ??= this.#connect();
    return this.#database;
  }

  #connect(): DatabaseSync {
    if (!existsSync(this.#path))
      throw new ViewStoreUnavailable(`There is no view file at ${this.#path} yet.`);
    const database = new DatabaseSync(this.#path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    if (hasSchema(database)) return database;
    database.close();
    throw new ViewStoreUnavailable(`The view file at ${this.#path} is not ready.`);
  }

  protected override ready(collection: CollectionDefinition<Document>): boolean {
    const { name, shape } = tablesOf(collection);
    if (this.#known.has(shape)) return true;
    const row = this.statement('SELECT shape FROM collections WHERE name = ?').get(name);
    if (row === undefined) return false;
    if ((row as unknown as Row)[0] !== shape) {
      throw new ViewStoreUnavailable(
        `The collection ${name} is of another version; its writer has not started.`,
      );
    }
    this.#known.add(shape);
    return true;
  }

  protected override disconnect(): void {
    this.#database?.close();
  }
}
