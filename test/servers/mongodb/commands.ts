import type { Long } from 'mongodb';
import { Collection, type Found, type Updated } from './collection.ts';
import { CommandFailed, onlyFields, Unsupported } from './unsupported.ts';
import { type Bson, cursorId, isPlain } from './wire.ts';

/** Fields that any command may have. */
const COMMON = ['$db', 'lsid', 'maxTimeMS', '$clusterTime', '$readPreference', 'readConcern'];
const WRITING = ['txnNumber', 'writeConcern'];
const DEFAULT_BATCH = 101;

interface Command {
  /** Its fields besides its name and the common ones. */
  readonly fields: readonly string[];
  readonly writes?: boolean;
  run(command: Bson, name: string): Bson;
}

/**
 * How a server answers a drop of a collection that does not exist: it succeeds (MongoDB from 7 on), fails with
 * a code (before), or with a message only (some servers that speak MongoDB's protocol).
 */
export const DROPS_OF_NOTHING = ['carried-out', 'refused', 'refused-without-code'] as const;
export type DropOfNothing = (typeof DROPS_OF_NOTHING)[number];

/** In what servers differ, or are free. */
export interface Habits {
  /** `refused` by default. */
  readonly dropOfNothing?: DropOfNothing;
  /** The most documents in one answer, whatever was asked for, and none in the first; no limit by default. */
  readonly documentsAtOnce?: number;
}

/** The databases, and the commands on them. */
export class Databases {
  readonly #habits: Habits;
  readonly #collections = new Map<string, Collection>();
  readonly #cursors = new Map<number, { readonly ns: string; readonly rest: Bson[] }>();
  #lastCursor = 0;

  readonly #commands: Readonly<Record<string, Command>> = {
    ping: { fields: [], run: () => ({}) },
    endSessions: { fields: ['writeConcern'], run: () => ({}) },
    find: {
      fields: ['filter', 'sort', 'limit', 'projection', 'batchSize', 'singleBatch'],
      run: (command) => this.#find(command),
    },
    explain: { fields: ['verbosity'], run: (command) => this.#explain(command) },
    getMore: { fields: ['collection', 'batchSize'], run: (command) => this.#getMore(command) },
    killCursors: { fields: ['cursors'], run: (command) => this.#killCursors(command) },
    aggregate: { fields: ['pipeline', 'cursor'], run: (command) => this.#aggregate(command) },
    listCollections: {
      fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
      run: (command) => this.#listCollections(command),
    },
    listIndexes: { fields: ['cursor'], run: (command) => this.#listIndexes(command) },
    insert: { fields: ['documents', 'ordered'], writes: true, run: (command) => this.#insert(command) },
    update: { fields: ['updates', 'ordered'], writes: true, run: (command) => this.#update(command) },
    delete: { fields: ['deletes', 'ordered'], writes: true, run: (command) => this.#delete(command) },
    findAndModify: {
      fields: ['query', 'update', 'new', 'upsert', 'remove'],
      writes: true,
      run: (command) => this.#findAndModify(command),
    },
    createIndexes: { fields: ['indexes'], writes: true, run: (command) => this.#createIndexes(command) },
    dropIndexes: { fields: ['index'], writes: true, run: (command) => this.#dropIndexes(command) },
    drop: { fields: [], writes: true, run: (command) => this.#drop(command) },
    dropDatabase: { fields: [], writes: true, run: (command) => this.#dropDatabase(command) },
  };

  constructor(habits: Habits) {
    this.#habits = habits;
  }

  /**
   * Executes a command.
   * @throws CommandFailed as the real server answers
   * @throws Unsupported this server does not support the command or one of its fields
   */
  run(name: string, command: Bson): Bson {
    const known = Object.hasOwn(this.#commands, name) ? this.#commands[name] : undefined;
    if (known === undefined) throw new Unsupported(`The command ${name}`);
    onlyFields(`The command ${name}`, command, [
      name,
      ...known.fields,
      ...COMMON,
      ...(known.writes ? WRITING : []),
    ]);
    verifyConcerns(name, command, known.writes ?? false);
    return { ...known.run(command, name), ok: 1 };
  }

  /** Removes documents expired by then, as a real server does from time to time. */
  expire(now: Date): void {
    for (const collection of this.#collections.values()) collection.expire(now);
  }

  /** Ends all cursors, as a restart does. */
  forgetCursors(): void {
    this.#cursors.clear();
  }

  /** The names of the database's collections. */
  names(database: string): readonly string[] {
    const prefix = `${database}.`;
    const names = [...this.#collections.keys()].filter((ns) => ns.startsWith(prefix));
    return names.map((ns) => ns.slice(prefix.length)).sort();
  }

  /** The collection; created when it does not exist, as by the first write to it. */
  #collection(ns: string): Collection {
    const found = this.#collections.get(ns) ?? new Collection();
    this.#collections.set(ns, found);
    return found;
  }

  #existing(ns: string): Collection {
    const found = this.#collections.get(ns);
    if (found) return found;
    throw new CommandFailed(26, 'NamespaceNotFound', `ns does not exist: ${ns}`);
  }

  #find(command: Bson): Bson {
    const { batchSize, singleBatch } = command;
    const ns = namespace(command, 'find');
    const found = this.#collections.get(ns)?.find(foundBy(command));
    return this.#page(ns, found ?? [], batchSize, singleBatch === true);
  }

  /** How a `find` or a count was executed. */
  #explain({ explain, verbosity, $db }: Bson): Bson {
    if (verbosity !== 'executionStats') throw new Unsupported(`An explanation of ${verbosity}`);
    const command = { ...(explain as Bson), $db };
    const name = 'find' in command ? 'find' : 'aggregate';
    const collection = this.#collections.get(namespace(command, name)) ?? new Collection();
    const { found, examined, isSorted } = collection.explain(
      name === 'find' ? foundBy(command) : counted(command),
    );
    const scan = { stage: 'FETCH', inputStage: { stage: 'IXSCAN' } };
    const winningPlan = isSorted ? { stage: 'SORT', inputStage: scan } : scan;
    return {
      queryPlanner: { winningPlan },
      executionStats: { nReturned: found.length, totalDocsExamined: examined },
    };
  }

  #page(ns: string, documents: Bson[], batchSize: unknown, single = false): Bson {
    const wanted = Number(batchSize ?? DEFAULT_BATCH);
    const size = single || this.#habits.documentsAtOnce === undefined ? wanted : 0;
    const rest = single ? [] : documents.slice(size);
    if (rest.length > 0) {
      this.#lastCursor += 1;
      this.#cursors.set(this.#lastCursor, { ns, rest });
    }
    const id = cursorId(rest.length > 0 ? this.#lastCursor : 0);
    return { cursor: { id, ns, firstBatch: documents.slice(0, size) } };
  }

  #getMore(command: Bson): Bson {
    const id = Number(command.getMore as Long);
    const cursor = this.#cursors.get(id);
    if (!cursor) throw new CommandFailed(43, 'CursorNotFound', `cursor id ${id} not found`);
    const { documentsAtOnce = cursor.rest.length } = this.#habits;
    const wanted = Number(command.batchSize ?? cursor.rest.length);
    const nextBatch = cursor.rest.splice(0, Math.min(wanted, documentsAtOnce));
    if (cursor.rest.length === 0) this.#cursors.delete(id);
    return { cursor: { id: cursorId(cursor.rest.length > 0 ? id : 0), ns: cursor.ns, nextBatch } };
  }

  #killCursors({ cursors }: Bson): Bson {
    for (const id of cursors as Long[]) this.#cursors.delete(Number(id));
    return { cursorsKilled: cursors, cursorsNotFound: [], cursorsAlive: [], cursorsUnknown: [] };
  }

  /** Counts, up to a limit if given; no other pipeline is supported. */
  #aggregate(command: Bson): Bson {
    const ns = namespace(command, 'aggregate');
    const n = this.#collections.get(ns)?.find(counted(command)).length ?? 0;
    return this.#page(ns, n === 0 ? [] : [{ _id: 1, n }], undefined);
  }

  /** All collections, or the one with a name; names only. */
  #listCollections({ $db: database, filter = {}, nameOnly }: Bson): Bson {
    onlyFields('The filter of listCollections', filter as Bson, ['name']);
    if (nameOnly !== true) throw new Unsupported('listCollections with more than names');
    const { name: wanted } = filter as Bson;
    const names = this.names(String(database)).filter((name) => wanted === undefined || name === wanted);
    const collections = names.map((name): Bson => ({ name, type: 'collection' }));
    return this.#page(`${database}.$cmd.listCollections`, collections, undefined);
  }

  #listIndexes(command: Bson): Bson {
    const ns = namespace(command, 'listIndexes');
    const indexes = this.#existing(ns).indexes.map((index): Bson => ({ v: 2, ...index }));
    return this.#page(ns, indexes, undefined);
  }

  #insert(command: Bson): Bson {
    const collection = this.#collection(namespace(command, 'insert'));
    return statements(command.documents as Bson[], command.ordered, (document) => {
      collection.insert(document);
      return { n: 1 };
    });
  }

  #update(command: Bson): Bson {
    const collection = this.#collection(namespace(command, 'update'));
    let nModified = 0;
    const upserted: Bson[] = [];
    const result = statements(command.updates as Bson[], command.ordered, (statement, index) => {
      onlyFields('An update', statement, ['q', 'u', 'upsert']);
      const { before, after } = collection.update(
        statement.q as Bson,
        change(statement.u),
        statement.upsert === true,
      );
      if (before) nModified += 1;
      else if (after) upserted.push({ index, _id: after._id });
      return { n: after ? 1 : 0 };
    });
    return { ...result, nModified, ...(upserted.length > 0 && { upserted }) };
  }

  #delete(command: Bson): Bson {
    const collection = this.#collection(namespace(command, 'delete'));
    return statements(command.deletes as Bson[], command.ordered, (statement) => {
      onlyFields('A delete', statement, ['q', 'limit']);
      return { n: collection.delete(statement.q as Bson, Number(statement.limit)) };
    });
  }

  #findAndModify(command: Bson): Bson {
    const collection = this.#collection(namespace(command, 'findAndModify'));
    const { query, update, upsert, new: afterwards, remove } = command;
    if (remove === true) throw new Unsupported('findAndModify that removes');
    const { before, after }: Updated = collection.update(query as Bson, change(update), upsert === true);
    const lastErrorObject = {
      n: after ? 1 : 0,
      updatedExisting: before !== undefined,
      ...(after && !before && { upserted: after._id }),
    };
    return { value: (afterwards === true ? after : before) ?? null, lastErrorObject };
  }

  #createIndexes(command: Bson): Bson {
    const collection = this.#collection(namespace(command, 'createIndexes'));
    const numIndexesBefore = collection.indexes.length;
    for (const index of command.indexes as Bson[]) collection.createIndex(index);
    return { numIndexesBefore, numIndexesAfter: collection.indexes.length };
  }

  #dropIndexes(command: Bson): Bson {
    this.#existing(namespace(command, 'dropIndexes')).dropIndex(String(command.index));
    return {};
  }

  #drop(command: Bson): Bson {
    const ns = namespace(command, 'drop');
    const isThere = this.#collections.delete(ns);
    if (!isThere) verifyDropOfNothing(this.#habits.dropOfNothing ?? 'refused');
    return { ns };
  }

  #dropDatabase({ $db: database }: Bson): Bson {
    for (const name of this.names(String(database))) this.#collections.delete(`${database}.${name}`);
    return {};
  }
}

function verifyDropOfNothing(habit: DropOfNothing): void {
  if (habit === 'refused') throw new CommandFailed(26, 'NamespaceNotFound', 'ns not found');
  if (habit === 'refused-without-code') throw new CommandFailed(undefined, undefined, 'ns not found');
}

/** What a `find` asks for. */
function foundBy({ filter = {}, sort, limit, projection }: Bson): Found {
  return {
    filter: filter as Bson,
    sort: sort as Bson | undefined,
    limit: Number(limit ?? 0),
    projection: projection as Bson | undefined,
  };
}

/**
 * What a count counts.
 * @throws Unsupported any other pipeline
 */
function counted({ pipeline }: Bson): Found {
  const stages = pipeline as Bson[];
  const [{ $match } = {}] = stages;
  const group = stages.at(-1);
  const limit = stages.length === 3 ? stages[1]?.$limit : undefined;
  const counts = JSON.stringify(group) === '{"$group":{"_id":1,"n":{"$sum":1}}}';
  const known = stages.length === 2 || (typeof limit === 'number' && limit > 0);
  if (!isPlain($match) || !counts || !known)
    throw new Unsupported(`The pipeline ${JSON.stringify(pipeline)}`);
  return { filter: $match, limit: Number(limit ?? 0) };
}

function namespace(command: Bson, name: string): string {
  return `${command.$db}.${command[name]}`;
}

/** @throws Unsupported an update made of stages */
function change(update: unknown): Bson {
  if (!isPlain(update)) throw new Unsupported('An update made of stages');
  return update;
}

/** Writes without `w: majority` may be lost with one server: they are refused. */
function verifyConcerns(name: string, command: Bson, writes: boolean): void {
  const { writeConcern = {}, readConcern = {}, $readPreference: preference = { mode: 'primary' } } = command;
  const { w } = writeConcern as Bson;
  if (writes && w !== 'majority') throw new Unsupported(`The command ${name} with w: ${JSON.stringify(w)}`);
  onlyFields('A write concern', writeConcern as Bson, ['w', 'j']);
  onlyFields('A read concern', readConcern as Bson, ['level']);
  const { mode } = preference as Bson;
  // What drivers send to a server that they do not know to be the primary.
  if (mode !== 'primary' && mode !== 'primaryPreferred')
    throw new Unsupported(`A reading preference ${mode}`);
}

/** Executes each statement by itself: a failure is reported with its index, and ends the command if it is ordered. */
function statements(
  all: readonly Bson[],
  ordered: unknown,
  run: (statement: Bson, index: number) => { readonly n: number },
): Bson {
  const writeErrors: Bson[] = [];
  let n = 0;
  for (const [index, statement] of all.entries()) {
    try {
      n += run(statement, index).n;
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      const { code, codeName, message: errmsg, details } = error;
      writeErrors.push({ index, code, codeName, errmsg, ...details });
      if (ordered !== false) break;
    }
  }
  return { n, ...(writeErrors.length > 0 && { writeErrors }) };
}
