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
import { haveAll, lookedFor } from '../words.ts';
import { available, isDamage } from './errors.ts';
import { BUSY_TIMEOUT_MS, fileAt, hasSchema } from './file.ts';
import { decodeText, type Tables, tablesOf } from './tables.ts';

/** How often a checkpoint is polled where there is no signal for it. */
const POLL_MS = 10;

const DEFAULT_LIMIT = 50;

/**
 * How many documents a search examines before it returns what it has found, so that no query blocks the thread that
 * serves all. A word that more documents have is searched in the order of the index, any other in the word index.
 */
const LOOKED_AT = 1_000;

/** Of so many spellings of a word at most it is found out how many documents have several. */
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

  /** Marks the file as damaged: it is read no more, and must be rebuilt. */
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
      return ids.map((id) => parse<D>(statement.get(id)));
    });
  }

  async find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>> {
    const asked = askedOf(collection, query);
    const { limit = DEFAULT_LIMIT } = query;
    return this.attempt(() => {
      if (!this.ready(collection)) return { items: [] };
      return asked.words === undefined ? this.#range<D>(asked, limit) : this.#search<D>(asked, limit);
    });
  }

  async findEach<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<D>[]> {
    const asked = queries.map((query) => ({ ...askedOf(collection, query), limit: query.limit }));
    const pages: Page<D>[] = [];
    while (pages.length < asked.length) {
      if (pages.length > 0) await nextTurn();
      this.attempt(() => {
        const until = performance.now() + TURN_MS;
        do {
          const next = asked[pages.length];
          if (next === undefined) return;
          pages.push(
            this.ready(collection) ? this.#range<D>(next, next.limit ?? DEFAULT_LIMIT) : { items: [] },
          );
        } while (performance.now() < until);
      });
    }
    return pages;
  }

  async count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Omit<CountQuery, 'text'>,
  ): Promise<number> {
    const asked = askedOf(collection, query);
    return this.attempt(() => (this.ready(collection) ? this.#count(asked, -1) : 0));
  }

  async countUpTo<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    most: number,
  ): Promise<number | undefined> {
    const asked = askedOf(collection, query);
    return this.attempt(() => {
      if (!this.ready(collection)) return 0;
      const count = asked.words === undefined ? this.#count(asked, most + 1) : this.#countFound(asked);
      return count !== undefined && count <= most ? count : undefined;
    });
  }

  #range<D extends Document>({ key, where, parameters, order, documents }: Asked, limit: number): Page<D> {
    const sql = `SELECT document, ${key} FROM ${documents} WHERE ${where} ORDER BY ${key} ${order} LIMIT ?`;
    const rows = this.statement(sql).all(...parameters, limit + 1) as unknown as Row[];
    const items = rows.slice(0, limit).flatMap((row) => parse<D>(row) ?? []);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return last ? { items, next: encodePageToken(String(last[1])) } : { items };
  }

  #search<D extends Document>(asked: Asked, limit: number): Page<D> {
    const byRow = this.statement(`SELECT document FROM ${asked.documents} WHERE row = ?`);
    const { candidates, isBounded } = this.#candidates(asked);
    const items: D[] = [];
    let looked = 0;
    let last: string | undefined;
    for (const [row, text, key] of candidates) {
      if (items.length === limit) return { items, next: encodePageToken(last ?? '') };
      looked += 1;
      if (hasWords(asked, text)) items.push(parse<D>(byRow.get(row as number)) as D);
      last = String(key);
    }
    return isBounded && looked === LOOKED_AT ? { items, next: encodePageToken(last ?? '') } : { items };
  }

  /** `undefined` where counting would have to examine too many. */
  #countFound(asked: Asked): number | undefined {
    const { candidates, isBounded } = this.#candidates(asked);
    let looked = 0;
    let count = 0;
    for (const [, text] of candidates) {
      looked += 1;
      if (hasWords(asked, text)) count += 1;
    }
    return isBounded && looked === LOOKED_AT ? undefined : count;
  }

  /** Rows that may have all the words, in the order of the index: those with the rarest of them, or the next ones. */
  #candidates(asked: Asked): { readonly candidates: Iterable<Row>; readonly isBounded: boolean } {
    const { key, where, parameters, order, documents, words } = asked;
    if (words?.wanted.length === 0) return { candidates: [], isBounded: false };
    const rarest = this.#rarest(asked);
    if (rarest === undefined) {
      const sql = `SELECT row, text, ${key} FROM ${documents} WHERE ${where} ORDER BY ${key} ${order} LIMIT ?`;
      const candidates = this.statement(sql).iterate(...parameters, LOOKED_AT);
      return { candidates: candidates as Iterable<unknown> as Iterable<Row>, isBounded: true };
    }
    // The plus keeps SQLite from using the index of this column.
    const having = rarest.map(
      () => `SELECT row FROM ${words?.table} WHERE scope = ? AND word >= ? AND word < ?`,
    );
    const sql = `SELECT row, text, ${key} FROM ${documents}
      WHERE row IN (${having.join(' UNION ALL ')})
      AND ${where.replaceAll(key, `+${key}`)} ORDER BY +${key} ${order}`;
    const candidates = this.statement(sql).iterate(...rarest.flat(), ...parameters);
    return { candidates: candidates as Iterable<unknown> as Iterable<Row>, isBounded: false };
  }

  /** The ranges of the word that the fewest documents have; `undefined` where all have too many. */
  #rarest({ words }: Asked): readonly WordRange[] | undefined {
    if (words === undefined) return undefined;
    const counted = words.wanted.map((spellings) => {
      const ranges = spellings.map((word): WordRange => [words.scope, word, word + BEYOND_WORD]);
      return { ranges, count: this.#having(words.table, ranges) };
    });
    const [rarest] = counted.sort((one, other) => one.count - other.count);
    return rarest && rarest.count <= LOOKED_AT ? rarest.ranges : undefined;
  }

  /** How many documents have a word in one of the ranges; of more than are looked at, some larger number. */
  #having(table: string, ranges: readonly WordRange[]): number {
    const some = `SELECT row FROM ${table} WHERE scope = ? AND word >= ? AND word < ? LIMIT ${LOOKED_AT + 1}`;
    const count = (sql: string, ofRanges: readonly WordRange[]) =>
      Number((this.statement(sql).get(...ofRanges.flat()) as unknown as Row)[0]);
    const counts = ranges.map((range) => count(`SELECT count(*) FROM (${some})`, [range]));
    const sum = counts.reduce((all, each) => all + each, 0);
    if (sum <= LOOKED_AT || Math.max(...counts) > LOOKED_AT || ranges.length > FEW_SPELLINGS) return sum;
    // Of several spellings a document may have more than one.
    return count(
      `SELECT count(*) FROM (${ranges.map(() => `SELECT row FROM (${some})`).join(' UNION ')})`,
      ranges,
    );
  }

  /** @param most where counting ends; -1 for never */
  #count({ where, parameters, documents }: Asked, most: number): number {
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${documents} WHERE ${where} LIMIT ?)`;
    return Number((this.statement(sql).get(...parameters, most) as unknown as Row)[0]);
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

  /** They belong to the connection they were prepared with. */
  protected forgetStatements(): void {
    this.#statements.clear();
  }

  /** @throws ViewStoreUnavailable SQLite cannot do it now */
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

/** Scope, first word, and the first that is beyond. */
type WordRange = [scope: string, from: string, beyond: string];

/** A query as parts of its SQL statement. */
interface Asked {
  readonly documents: string;
  /** The index's column. */
  readonly key: string;
  /** A lower and an upper bound of the key: with a second one on either side SQLite would seek by one and filter. */
  readonly where: string;
  readonly parameters: readonly SQLInputValue[];
  readonly order: 'ASC' | 'DESC';
  /** What the text must have, where there is a text to look for. */
  readonly words?: { readonly table: string; readonly scope: string; readonly wanted: readonly Spellings[] };
}

/** @throws TypeError the collection has no such index, or no text */
function askedOf<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Asked {
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
    ...(text && { words: { table: tables.words, scope: text.scope, wanted: lookedFor(text.wanted) } }),
  };
}

function hasWords({ words }: Asked, stored: unknown): boolean {
  const text = decodeText(stored);
  if (text === undefined || words === undefined || text.scope !== words.scope) return false;
  return haveAll(text.words, words.wanted);
}

/** How often a reader looks whether the file it has open is still the one to be read. */
const LOOK_MS = 1_000;

/** Damage that a reader came across, and the file it did so in, as `SqliteViewStore.discard` takes them. */
export interface FoundDamage {
  readonly reason: string;
  readonly file: number;
}

export interface SqliteViewReaderOptions {
  readonly path: string;
  /** Shared with the writer's thread; without them a wait looks at the file every few milliseconds. */
  readonly signals?: ProgressSignals;
  /** Tells the file's writer, which sets it aside. */
  readonly damaged?: (found: FoundDamage) => void;
}

/**
 * The views for a thread or process that only reads them. The file is opened with the first question, so that
 * reader and writer may start in any order; a collection nobody has written yet is an empty one. When the writer puts
 * another file in its place, that one is read from then on.
 */
export class SqliteViewReader extends SqliteViews {
  readonly #path: string;
  readonly #damaged: ((found: FoundDamage) => void) | undefined;
  /** Shapes of collections seen to be as asked for. */
  readonly #known = new Set<string>();
  #open: { readonly database: DatabaseSync; readonly file: number } | undefined;
  #lookedAt = 0;

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
    if (this.#open && now - this.#lookedAt >= LOOK_MS) {
      this.#lookedAt = now;
      if (this.#open.file !== fileAt(this.#path)) this.disconnect();
    }
    return super.attempt(work);
  }

  protected override foundDamage(reason: string): void {
    const file = this.#open?.file;
    this.disconnect();
    if (file !== undefined) this.#damaged?.({ reason, file });
  }

  /** How far the writer says that the follower is; its checkpoint is stored with what it writes next. */
  protected override readCheckpoint(follower: string): Position {
    const stored = super.readCheckpoint(follower);
    const told = this.signals?.get(follower)?.current ?? START;
    return told > stored ? told : stored;
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
