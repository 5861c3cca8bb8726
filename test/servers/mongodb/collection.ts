import { isDeepStrictEqual } from 'node:util';
import { update as modify } from 'mingo/updater';
import { Filter } from './query.ts';
import { TextIndex } from './text-index.ts';
import { CommandFailed, onlyFields, Unsupported } from './unsupported.ts';
import { type Bson, isPlain } from './wire.ts';

export interface Index {
  readonly key: Bson;
  readonly name: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly expireAfterSeconds?: number;
}

const INDEX_FIELDS = ['key', 'name', 'unique', 'sparse', 'expireAfterSeconds'];
const MODIFIERS = ['$set', '$unset', '$inc', '$setOnInsert'];

const ID_INDEX: Index = { key: { _id: 1 }, name: '_id_' };

export interface Updated {
  readonly before: Bson | undefined;
  /** `undefined` where nothing matched and it was no upsert. */
  readonly after: Bson | undefined;
}

export interface Found {
  readonly filter: Bson;
  readonly sort?: Bson;
  readonly limit?: number;
  readonly projection?: Bson;
}

/** What a question found, and how. */
export interface Explained {
  readonly found: Bson[];
  readonly examined: number;
  /** They came in another order than asked for. */
  readonly isSorted: boolean;
}

/** Documents by id, with their indexes. Ids are text. A query that no index supports is refused. */
export class Collection {
  readonly #documents = new Map<string, Bson>();
  readonly #indexes = new Map<string, Index>([[ID_INDEX.name, ID_INDEX]]);
  /** For each unique index, which document has which value. */
  readonly #owners = new Map<string, Map<unknown, string>>();
  /** By index name, for indexes of one field: the documents in their order. */
  readonly #ordered = new Map<string, { readonly field: string; readonly texts: TextIndex }>();

  /** Documents that the question at hand has looked at. */
  #examined = 0;

  get indexes(): readonly Index[] {
    return [...this.#indexes.values()];
  }

  /** @throws CommandFailed another index has its name, or its documents break it */
  createIndex(index: Bson): void {
    onlyFields('An index', index, INDEX_FIELDS);
    const made = index as unknown as Index;
    const known = this.#indexes.get(made.name);
    if (known !== undefined) {
      if (isDeepStrictEqual(known, made)) return;
      throw new CommandFailed(86, 'IndexKeySpecsConflict', `There is another index named ${made.name}.`);
    }
    this.#indexes.set(made.name, made);
    const [field = '', ...more] = Object.keys(made.key);
    if (more.length === 0) {
      const texts = new TextIndex();
      for (const [id, document] of this.#documents) texts.add(valueAt(document, field), id);
      this.#ordered.set(made.name, { field, texts });
    }
    if (!made.unique) return;
    this.#owners.set(made.name, new Map());
    for (const document of this.#documents.values()) this.#own(made, document);
  }

  dropIndex(name: string): void {
    if (!this.#indexes.delete(name))
      throw new CommandFailed(27, 'IndexNotFound', `There is no index ${name}.`);
    this.#owners.delete(name);
    this.#ordered.delete(name);
  }

  /** @throws CommandFailed it breaks a unique index */
  insert(document: Bson): void {
    const id = idOf(document);
    if (this.#documents.has(id)) throw duplicate(ID_INDEX, id);
    this.#store(id, document);
  }

  find(asked: Found): Bson[] {
    return this.explain(asked).found;
  }

  /** What is found, and what it took to find it: documents that were looked at, and whether they had to be sorted. */
  explain({ filter, sort = {}, limit = 0, projection = {} }: Found): Explained {
    const wanted = new Filter(filter);
    const [order, ...more] = Object.entries(sort);
    if (more.length > 0) throw new Unsupported('A sort by several fields');
    const most = limit > 0 ? limit : Number.POSITIVE_INFINITY;
    const ordered = order && this.#ordersOf(wanted, order[0], Number(order[1]));
    const isSorted = order !== undefined && ordered === undefined;
    this.#examined = 0;
    const found = this.#matching(wanted, isSorted ? Number.POSITIVE_INFINITY : most, ordered);
    if (isSorted) this.#sort(found, order[0], Number(order[1]));
    const given = (limit > 0 ? found.slice(0, limit) : found).map((document) =>
      project(document, projection),
    );
    return { found: given, examined: this.#examined, isSorted };
  }

  /** The ids of what the filter can find, in the order of the index they are found and sorted by. */
  #ordersOf(filter: Filter, field: string, direction: number): string[] | undefined {
    if (filter.ids !== undefined || filter.alternatives !== undefined) return undefined;
    const range = filter.rangeOf(field);
    const index = [...this.#ordered.values()].find((each) => each.field === field);
    const ids = range && index?.texts.within(range);
    return direction < 0 ? ids?.reverse() : ids;
  }

  /** Changes the first document that matches, or upserts one. */
  update(filter: Bson, change: Bson, upsert: boolean): Updated {
    const wanted = new Filter(filter);
    const [before] = this.#matching(wanted);
    if (before === undefined && !upsert) return { before, after: undefined };
    const after = changed(before ?? { ...wanted.equalities }, change, before === undefined);
    const id = idOf(after);
    if (before === undefined) {
      this.insert(after);
    } else {
      if (id !== before._id) throw new CommandFailed(66, 'ImmutableField', 'An id cannot be changed.');
      this.#store(id, after);
    }
    return { before, after };
  }

  /** How many documents there were. */
  delete(filter: Bson, limit: number): number {
    const found = this.#matching(new Filter(filter));
    const gone = limit > 0 ? found.slice(0, limit) : found;
    for (const document of gone) this.#forget(document);
    return gone.length;
  }

  /** Removes documents that a TTL index lets expire, which a real server does about once a minute. */
  expire(now: Date): void {
    for (const { key, expireAfterSeconds } of this.#indexes.values()) {
      const [field = ''] = Object.keys(key);
      if (expireAfterSeconds === undefined) continue;
      for (const document of this.#documents.values()) {
        const at = document[field];
        if (at instanceof Date && at.getTime() + expireAfterSeconds * 1_000 <= now.getTime())
          this.#forget(document);
      }
    }
  }

  /**
   * @param most the most that are wanted
   * @param ordered the ids of possible matches, where they are known
   */
  #matching(filter: Filter, most = Number.POSITIVE_INFINITY, ordered?: readonly string[]): Bson[] {
    const { ids, alternatives } = filter;
    if (alternatives) return [...new Set(alternatives.flatMap((each) => this.#matching(each, most)))];
    if (ids === undefined) this.#requireIndex(filter);
    const matching: Bson[] = [];
    for (const id of ids ?? ordered ?? this.#within(filter) ?? this.#documents.keys()) {
      const document = this.#documents.get(id);
      this.#examined += 1;
      if (document && filter.test(document)) matching.push(document);
      if (matching.length === most) break;
    }
    return matching;
  }

  /** The ids of the documents that an index finds by a range. */
  #within(filter: Filter): string[] | undefined {
    for (const { field, texts } of this.#ordered.values()) {
      const range = filter.rangeOf(field);
      const ids = range && texts.within(range);
      if (ids) return ids;
    }
    return undefined;
  }

  #requireIndex({ fields }: Filter): void {
    const indexed = this.indexes.some(({ key }) => fields.includes(Object.keys(key)[0] ?? ''));
    if (!indexed && this.#documents.size > 0) {
      throw new Unsupported(`A query that no index supports, by ${fields.join(', ') || 'nothing'}`);
    }
  }

  #sort(documents: Bson[], field: string, direction: number): void {
    if (!this.indexes.some(({ key }) => Object.keys(key)[0] === field)) {
      throw new Unsupported(`A sort by ${field}, which has no index`);
    }
    documents.sort((a, b) => direction * compareTexts(valueAt(a, field), valueAt(b, field)));
  }

  #store(id: string, document: Bson): void {
    const before = this.#documents.get(id);
    const unique = this.indexes.filter((index) => index.unique);
    for (const index of unique) {
      const owner = this.#owners.get(index.name)?.get(uniqueValue(index, document));
      if (owner !== undefined && owner !== id) throw duplicate(index, uniqueValue(index, document));
    }
    for (const index of unique) {
      if (before) this.#owners.get(index.name)?.delete(uniqueValue(index, before));
      this.#own(index, document);
    }
    for (const { field, texts } of this.#ordered.values()) {
      if (before) texts.remove(valueAt(before, field), id);
      texts.add(valueAt(document, field), id);
    }
    this.#documents.set(id, document);
  }

  #own(index: Index, document: Bson): void {
    const value = uniqueValue(index, document);
    if (value === undefined) return;
    const owners = this.#owners.get(index.name);
    if (owners?.has(value) && owners.get(value) !== document._id) throw duplicate(index, value);
    owners?.set(value, idOf(document));
  }

  #forget(document: Bson): void {
    const id = idOf(document);
    this.#documents.delete(id);
    for (const { field, texts } of this.#ordered.values()) texts.remove(valueAt(document, field), id);
    for (const [name, owners] of this.#owners) {
      const index = this.#indexes.get(name);
      if (index) owners.delete(uniqueValue(index, document));
    }
  }
}

function idOf({ _id: id }: Bson): string {
  if (typeof id !== 'string') throw new Unsupported(`The id ${JSON.stringify(id)}, which is no text`);
  return id;
}

function valueAt(document: Bson, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, field) => (isPlain(value) ? value[field] : undefined), document);
}

/** `undefined` for a document that a sparse index leaves out. */
function uniqueValue({ key, sparse }: Index, document: Bson): unknown {
  const [field = '', ...more] = Object.keys(key);
  const value = valueAt(document, field);
  if (more.length > 0 || typeof value === 'object')
    throw new Unsupported('A unique index on more than one value');
  return value === undefined && !sparse ? null : value;
}

function compareTexts(a: unknown, b: unknown): number {
  if (typeof a !== 'string' || typeof b !== 'string') throw new Unsupported('A sort by what is not text');
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The document after the change; the one given is not modified. */
function changed(document: Bson, change: Bson, isNew: boolean): Bson {
  if (!Object.keys(change).some((field) => field.startsWith('$'))) {
    const id = change._id ?? document._id;
    return { ...(id !== undefined && { _id: id }), ...change };
  }
  onlyFields('A change', change, MODIFIERS);
  const { $setOnInsert: first = {}, ...modifiers } = change;
  for (const [field, by] of Object.entries((change.$inc ?? {}) as Bson)) {
    const value = valueAt(document, field) ?? 0;
    if (typeof value !== 'number') throw new CommandFailed(14, 'TypeMismatch', `${field} is no number.`);
    if (!Number.isSafeInteger(value + Number(by)))
      throw new Unsupported(`${field} beyond what a double holds`);
  }
  const set = isNew && { $set: { ...(first as Bson), ...(change.$set as Bson) } };
  const all: Bson = { ...modifiers, ...set };
  const nested = Object.values(all).some((fields) => Object.keys(fields as Bson).some(isPath));
  if (!nested) return withFields(document, all);
  const after = structuredClone(document);
  modify(after, all, undefined, undefined, { cloneMode: 'none' });
  return after;
}

function isPath(field: string): boolean {
  return field.includes('.');
}

/** The document with whole fields set, removed, or added to; a copy that shares the others. */
function withFields(document: Bson, { $set, $unset, $inc }: Bson): Bson {
  const after = { ...document, ...($set as Bson) };
  for (const field of Object.keys(($unset ?? {}) as Bson)) delete after[field];
  for (const [field, by] of Object.entries(($inc ?? {}) as Bson)) {
    after[field] = Number(document[field] ?? 0) + Number(by);
  }
  return after;
}

/** Only the requested fields, and the id unless it is excluded. */
function project(document: Bson, projection: Bson): Bson {
  const fields = Object.entries(projection);
  if (fields.length === 0) return document;
  const projected: Bson = projection._id === 0 ? {} : { _id: document._id };
  for (const [field, wanted] of fields) {
    if (field === '_id') continue;
    if (wanted !== 1) throw new Unsupported(`A projection that leaves ${field} out`);
    const [outer = '', inner, ...deeper] = field.split('.');
    const value = document[outer];
    if (deeper.length > 0) throw new Unsupported(`A projection to ${field}`);
    if (inner === undefined) projected[outer] = value;
    else if (isPlain(value)) projected[outer] = { ...(projected[outer] as Bson), [inner]: value[inner] };
  }
  return projected;
}

function duplicate({ name, key }: Index, value: unknown): CommandFailed {
  const [field = ''] = Object.keys(key);
  return new CommandFailed(11_000, 'DuplicateKey', `E11000 duplicate key error index: ${name}`, {
    keyPattern: key,
    keyValue: { [field]: value },
  });
}
