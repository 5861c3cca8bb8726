import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { type Position, START } from '#event-store';
import { keyRange } from '../keys.ts';
import { decodePageToken, encodePageToken } from '../page-token.ts';
import {
  type CollectionDefinition,
  type CountQuery,
  type Document,
  type FindQuery,
  type Page,
  type PrefixQuery,
  type Spellings,
  type ViewReader,
  ViewStoreUnavailable,
} from '../port.ts';
import type { ProgressSignals } from '../signals.ts';
import { matchesAll, searchedSpellings } from '../words.ts';
import { available, isDamage } from './errors.ts';
import { BUSY_TIMEOUT_MS, fileAt, hasSchema } from './file.ts';
import { decodeText, NUMBER_OF_SCOPE, type Tables, tablesOf } from './tables.ts';

/** How often a checkpoint is polled where there is no signal for it. */
const POLL_MS = 10;

const DEFAULT_LIMIT = 50;

/**
 * How many documents a search examines before it returns what it has found, so that no query blocks the thread that
 * serves all. A word that more documents have is searched in the order of the index, any other in the word index.
 */
const MAX_EXAMINED = 1_000;

/** Up to this many spellings of a word, documents that have several of them are counted once. */
const FEW_SPELLINGS = 16;

/** After this long, the rest of a group of queries yields the thread, so that others are answered in between. */
const TURN_MS = 5;

/** Appended to a word, sorts after every word that begins with it. */
const BEYOND_WORD = '\u{10ffff}';

type Row = SQLInputValue[];

/** What reading and writing connections have in common. */
export abstract class SqliteViews implements ViewReader {
  readonly #statements = new Map<string, StatementSync>();
  readonly #closing = new AbortController();

  protected constructor(protected readonly signals: ProgressSignals | undefined) {}

  protected abstract get database(): DatabaseSync;

  /** Marks the file as damaged: it is not read any more, and must be rebuilt. */
  protected abstract foundDamage(reason: string): void;

  /** Whether the collection's tables exist; where they do not, nothing has been stored yet. */
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
    return this.attempt(() => {
      if (!this.ready(collection)) return ids.map(() => undefined);
      const statement = this.statement(`SELECT document FROM ${tables.documents} WHERE id = ?`);
      const documents = () => ids.map((id) => parse<D>(statement.get(id)));
      return ids.length > 1 ? this.together(documents) : documents();
    });
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>> {
    const sqlQuery = sqlQueryOf(collection, query);
    const { limit = DEFAULT_LIMIT } = query;
    return this.attempt(() => {
      if (!this.ready(collection)) return { items: [] };
      return sqlQuery.words === undefined
        ? this.#range<D>(sqlQuery, limit)
        : this.#search<D>(sqlQuery, limit);
    });
  }

  findEach<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<D>[]> {
    return this.#each(collection, queries, (query, limit) => this.#range<D>(query, limit));
  }

  findIds<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<string>[]> {
    return this.#each(collection, queries, (query, limit) => {
      const { rows, next } = this.#rows('id', query, limit);
      return { items: rows.map(([id]) => String(id)), ...next };
    });
  }

  async #each<Item>(
    collection: CollectionDefinition<Document>,
    queries: readonly PrefixQuery[],
    find: (query: SqlQuery, limit: number) => Page<Item>,
  ): Promise<readonly Page<Item>[]> {
    const sqlQueries = queries.map((query) => ({ ...sqlQueryOf(collection, query), limit: query.limit }));
    const pages: Page<Item>[] = [];
    while (pages.length < sqlQueries.length) {
      if (pages.length > 0) await nextTurn();
      this.attempt(() => {
        const isReady = this.ready(collection);
        const until = performance.now() + TURN_MS;
        this.together(() => {
          do {
            const next = sqlQueries[pages.length];
            if (next === undefined) return;
            pages.push(isReady ? find(next, next.limit ?? DEFAULT_LIMIT) : { items: [] });
          } while (performance.now() < until);
        });
      });
    }
    return pages;
  }

  async count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Omit<CountQuery, 'text'>,
  ): Promise<number> {
    const sqlQuery = sqlQueryOf(collection, query);
    return this.attempt(() => (this.ready(collection) ? this.#count(sqlQuery, -1) : 0));
  }

  async countUpTo<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    max: number,
  ): Promise<number | undefined> {
    const sqlQuery = sqlQueryOf(collection, query);
    return this.attempt(() => {
      if (!this.ready(collection)) return 0;
      const count =
        sqlQuery.words === undefined ? this.#count(sqlQuery, max + 1) : this.#countFound(sqlQuery);
      return count !== undefined && count <= max ? count : undefined;
    });
  }

  #range<D extends Document>(query: SqlQuery, limit: number): Page<D> {
    const { rows, next } = this.#rows('document', query, limit);
    return { items: rows.flatMap((row) => parse<D>(row) ?? []), ...next };
  }

  /** One page of the query: that column of each row, and where the next page begins. */
  #rows(column: 'document' | 'id', { key, where, parameters, order, documents }: SqlQuery, limit: number) {
    const sql = `SELECT ${column}, ${key} FROM ${documents} WHERE ${where} ORDER BY ${key} ${order} LIMIT ?`;
    const found = this.statement(sql).all(...parameters, limit + 1) as unknown as Row[];
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return { rows, next: last && { next: encodePageToken(String(last[1])) } };
  }

  #search<D extends Document>(sqlQuery: SqlQuery, limit: number): Page<D> {
    const byRow = this.statement(`SELECT document FROM ${sqlQuery.documents} WHERE row = ?`);
    const { candidates, isBounded } = this.#candidates(sqlQuery);
    const items: D[] = [];
    let examined = 0;
    let last: string | undefined;
    for (const [row, text, key] of candidates) {
      if (items.length === limit) return { items, next: encodePageToken(last ?? '') };
      examined += 1;
      if (hasWords(sqlQuery, text)) items.push(parse<D>(byRow.get(row as number)) as D);
      last = String(key);
    }
    return isBounded && examined === MAX_EXAMINED ? { items, next: encodePageToken(last ?? '') } : { items };
  }

  /** `undefined` where counting would have to examine too many documents. */
  #countFound(sqlQuery: SqlQuery): number | undefined {
    const { candidates, isBounded } = this.#candidates(sqlQuery);
    let examined = 0;
    let count = 0;
    for (const [, text] of candidates) {
      examined += 1;
      if (hasWords(sqlQuery, text)) count += 1;
    }
    return isBounded && examined === MAX_EXAMINED ? undefined : count;
  }

  /** Rows that may have all the words, in the order of the index: those with the rarest of them, or the next ones. */
  #candidates(sqlQuery: SqlQuery): { readonly candidates: Iterable<Row>; readonly isBounded: boolean } {
    const { key, where, parameters, order, documents, words } = sqlQuery;
    if (words?.wanted.length === 0) return { candidates: [], isBounded: false };
    const rarest = this.#rarest(sqlQuery);
    if (rarest === undefined) {
      const sql = `SELECT row, text, ${key} FROM ${documents} WHERE ${where} ORDER BY ${key} ${order} LIMIT ?`;
      const candidates = this.statement(sql).iterate(...parameters, MAX_EXAMINED);
      return { candidates: candidates as Iterable<unknown> as Iterable<Row>, isBounded: true };
    }
    // The plus keeps SQLite from using the index of this column.
    const having = rarest.map(
      () => `SELECT row FROM ${words?.table} WHERE scope = ${NUMBER_OF_SCOPE} AND word >= ? AND word < ?`,
    );
    const sql = `SELECT row, text, ${key} FROM ${documents}
      WHERE row IN (${having.join(' UNION ALL ')})
      AND ${where.replaceAll(key, `+${key}`)} ORDER BY +${key} ${order}`;
    const candidates = this.statement(sql).iterate(...rarest.flat(), ...parameters);
    return { candidates: candidates as Iterable<unknown> as Iterable<Row>, isBounded: false };
  }

  /** The ranges of the word that the fewest documents have; `undefined` where all have too many. */
  #rarest({ words }: SqlQuery): readonly WordRange[] | undefined {
    if (words === undefined) return undefined;
    const counted = words.wanted.map((spellings) => {
      const ranges = spellings.map((word): WordRange => [words.scope, word, word + BEYOND_WORD]);
      return { ranges, count: this.#countHaving(words.table, ranges) };
    });
    const [rarest] = counted.sort((one, other) => one.count - other.count);
    return rarest && rarest.count <= MAX_EXAMINED ? rarest.ranges : undefined;
  }

  /** How many documents have a word in one of the ranges; some larger number above `MAX_EXAMINED`. */
  #countHaving(table: string, ranges: readonly WordRange[]): number {
    const some = `SELECT row FROM ${table} WHERE scope = ${NUMBER_OF_SCOPE} AND word >= ? AND word < ? LIMIT ${MAX_EXAMINED + 1}`;
    const count = (sql: string, ofRanges: readonly WordRange[]) =>
      Number((this.statement(sql).get(...ofRanges.flat()) as unknown as Row)[0]);
    const counts = ranges.map((range) => count(`SELECT count(*) FROM (${some})`, [range]));
    const sum = counts.reduce((all, each) => all + each, 0);
    if (sum <= MAX_EXAMINED || Math.max(...counts) > MAX_EXAMINED || ranges.length > FEW_SPELLINGS)
      return sum;
    // Of several spellings a document may have more than one.
    return count(
      `SELECT count(*) FROM (${ranges.map(() => `SELECT row FROM (${some})`).join(' UNION ')})`,
      ranges,
    );
  }

  /** @param max where counting ends; -1 for never */
  #count({ where, parameters, documents }: SqlQuery, max: number): number {
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${documents} WHERE ${where} LIMIT ?)`;
    return Number((this.statement(sql).get(...parameters, max) as unknown as Row)[0]);
  }

  async checkpoint(follower: string): Promise<Position> {
    return this.attempt(() => this.readCheckpoint(follower));
  }

  async waitFor(follower: string, position: Position, timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    const { signal: closing } = this.#closing;
    while (!closing.aborted) {
      if ((await this.checkpoint(follower)) >= position) return true;
      const left = deadline - performance.now();
      if (left <= 0) return false;
      const progress = this.signals?.get(follower);
      // A signal from before the checkpoint was reset does not show that the follower has reached it again.
      if (progress && progress.current < position) {
        this.signals?.awaited(follower)?.advance(position);
        await progress.waitBeyond((position - 1) as Position, { timeoutMs: left, signal: closing });
      } else {
        await delay(Math.min(left, POLL_MS), undefined, { signal: closing }).catch(() => undefined);
      }
    }
    return false;
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.#closing.abort();
    this.disconnect();
    this.forgetStatements();
  }

  protected get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** To be called with each new connection: statements belong to the one that prepared them. */
  protected forgetStatements(): void {
    this.#statements.clear();
  }

  /** Several look-ups in one transaction: to begin one costs as much as a look-up. */
  protected together<Result>(lookUps: () => Result): Result {
    const { database } = this;
    database.exec('BEGIN');
    try {
      return lookUps();
    } finally {
      if (database.isTransaction) database.exec('COMMIT');
    }
  }

  /** @throws ViewStoreUnavailable SQLite failed */
  protected attempt<Result>(work: () => Result): Result {
    try {
      return available(work);
    } catch (error) {
      if (error instanceof ViewStoreUnavailable && isDamage(error.cause)) this.foundDamage(error.message);
      throw error;
    }
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

/** Scope, first word, and end (exclusive). */
type WordRange = [scope: string, from: string, beyond: string];

/** A query as parts of its SQL statement. */
interface SqlQuery {
  readonly documents: string;
  /** The index's column. */
  readonly key: string;
  /** A lower and an upper bound of the key: with a second one on either side SQLite would seek by one and filter. */
  readonly where: string;
  readonly parameters: readonly SQLInputValue[];
  readonly order: 'ASC' | 'DESC';
  /** The searched words, where the query has some. */
  readonly words?: { readonly table: string; readonly scope: string; readonly wanted: readonly Spellings[] };
}

/** @throws TypeError the collection has no such index, or no text */
function sqlQueryOf<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): SqlQuery {
  const tables: Tables = tablesOf(collection);
  const { index, direction, text, after } = query;
  const key = Object.hasOwn(tables.columns, index) ? tables.columns[index] : undefined;
  if (key === undefined) throw new TypeError(`${collection.name} has no index ${index}.`);
  if (text && !collection.text) throw new TypeError(`${collection.name} cannot be searched.`);
  const { low, high } = keyRange(query);
  const last = after === undefined ? undefined : decodePageToken(after, { low, high });
  const descending = direction === 'descending';
  const beyondLast = last !== undefined && !descending;
  return {
    documents: tables.documents,
    key,
    where: `${key} ${beyondLast ? '>' : '>='} ? AND ${key} < ?`,
    parameters: descending ? [low, last ?? high] : [last ?? low, high],
    order: descending ? 'DESC' : 'ASC',
    ...(text && {
      words: { table: tables.words, scope: text.scope, wanted: searchedSpellings(text.wanted) },
    }),
  };
}

function hasWords({ words }: SqlQuery, stored: unknown): boolean {
  const text = decodeText(stored);
  if (text === undefined || words === undefined || text.scope !== words.scope) return false;
  return matchesAll(text.words, words.wanted);
}

/** How often a reader checks whether the file that it has open has been replaced. */
const FILE_CHECK_MS = 1_000;

/** Damage that a reader found, and the file it is in, as `SqliteViewStore.discard` takes them. */
export interface FoundDamage {
  readonly reason: string;
  readonly file: number;
}

export interface SqliteViewReaderOptions {
  readonly path: string;
  /** Shared with the writer's thread; without them a wait polls the file every few milliseconds. */
  readonly signals?: ProgressSignals;
  /** Notifies the file's writer, which sets it aside. */
  readonly damaged?: (found: FoundDamage) => void;
}

/**
 * The views for a thread or process that only reads them. The file is opened with the first query, so that
 * reader and writer may start in any order; a collection that has not been written yet reads as empty. When the writer
 * replaces the file, the new one is read from then on.
 */
export class SqliteViewReader extends SqliteViews {
  readonly #path: string;
  readonly #damaged: ((found: FoundDamage) => void) | undefined;
  /** The shapes of collections that are stored as they are defined. */
  readonly #known = new Set<string>();
  #open: { readonly database: DatabaseSync; readonly file: number } | undefined;
  #checkedAt = 0;

  constructor({ path, signals, damaged }: SqliteViewReaderOptions) {
    super(signals);
    this.#path = path;
    this.#damaged = damaged;
  }

  protected override get database(): DatabaseSync {
    if (this.isClosed) throw new ViewStoreUnavailable('The view store is closed.');
    this.#open ??= this.#connect();
    return this.#open.database;
  }

  protected override attempt<Result>(work: () => Result): Result {
    const now = performance.now();
    if (this.#open && now - this.#checkedAt >= FILE_CHECK_MS) {
      this.#checkedAt = now;
      if (this.#open.file !== fileAt(this.#path)) this.disconnect();
    }
    return super.attempt(work);
  }

  protected override foundDamage(reason: string): void {
    const file = this.#open?.file;
    this.disconnect();
    if (file !== undefined) this.#damaged?.({ reason, file });
  }

  /** The position in the writer's signal, if it is later: a checkpoint is stored with the next write. */
  protected override readCheckpoint(follower: string): Position {
    const stored = super.readCheckpoint(follower);
    const signalled = this.signals?.get(follower)?.current ?? START;
    return signalled > stored ? signalled : stored;
  }

  #connect() {
    const file = fileAt(this.#path);
    if (file === undefined) throw new ViewStoreUnavailable(`There is no view file at ${this.#path} yet.`);
    const database = new DatabaseSync(this.#path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
    if (hasSchema(database)) return { database, file };
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
        `The collection ${name} is stored in another version; its writer has not started yet.`,
      );
    }
    this.#known.add(shape);
    return true;
  }

  protected override disconnect(): void {
    this.#open?.database.close();
    this.#open = undefined;
    this.#known.clear();
    this.forgetStatements();
  }
}
