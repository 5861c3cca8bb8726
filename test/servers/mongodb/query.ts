import { Context } from 'mingo/core';
import { $elemMatch } from 'mingo/operators/query/array';
import { $eq, $gt, $gte, $in, $lt, $lte, $ne } from 'mingo/operators/query/comparison';
import { $exists } from 'mingo/operators/query/element';
import { $and, $or } from 'mingo/operators/query/logical';
import { Query } from 'mingo/query';
import type { TextRange } from './text-index.ts';
import { onlyFields, Unsupported } from './unsupported.ts';
import { type Bson, isPlain } from './wire.ts';

/** The supported comparison operators. */
const comparisons = { $eq, $ne, $in, $gt, $gte, $lt, $lte, $exists, $elemMatch };
const COMPARISONS = Object.keys(comparisons);
/** Only the supported operators: mingo copies the context for each query. */
const context = Context.init({ query: { ...comparisons, $and, $or } });
/** Operators by which an index can find documents. */
const RANGES = ['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$elemMatch'];

/** A filter of the operators that behave here as on a real server. */
export class Filter {
  /** The ids to which it restricts documents, if any. */
  readonly ids: readonly string[] | undefined;
  readonly #filter: Bson;
  /** Made when it is first needed: most updates name a document that is not there yet. */
  #query: Query<Bson> | undefined;

  /** @throws Unsupported */
  constructor(filter: Bson) {
    verify(filter);
    this.ids = idsOf(filter._id);
    this.#filter = filter;
  }

  /** Whether it matches a document, which is one of `ids` if there are any. */
  test(document: Bson): boolean {
    this.#query ??= new Query(this.#withoutIds(), { context });
    return this.#query.test(document);
  }

  #withoutIds(): Bson {
    if (this.ids === undefined) return this.#filter;
    const { _id, ...others } = this.#filter;
    return others;
  }

  /** The fields by which an index could find its documents. */
  get fields(): readonly string[] {
    return rangedFields(this.#filter);
  }

  /** The range to which it restricts the field's text; `undefined` without a restriction. */
  rangeOf(field: string): TextRange | undefined {
    const condition = this.#filter[field];
    if (typeof condition === 'string') return { low: condition, high: condition };
    if (!isOperators(condition)) return undefined;
    const { $eq: value, $gte = value, $gt: low = $gte, $lte = value, $lt: high = $lte } = condition;
    const range = { ...(typeof low === 'string' && { low }), ...(typeof high === 'string' && { high }) };
    return Object.keys(range).length === 0 ? undefined : range;
  }

  /** Its alternatives when it is a single `$or`. */
  get alternatives(): readonly Filter[] | undefined {
    const { $or: alternatives, ...others } = this.#filter;
    if (alternatives === undefined || Object.keys(others).length > 0) return undefined;
    return (alternatives as Bson[]).map((each) => new Filter(each));
  }

  /** The fields that an upsert takes from the filter: those compared for equality. */
  get equalities(): Bson {
    return equalities(this.#filter);
  }
}

function idsOf(condition: unknown): readonly string[] | undefined {
  if (typeof condition === 'string') return [condition];
  if (!isPlain(condition) || Object.keys(condition).length > 1) return undefined;
  if (typeof condition.$eq === 'string') return [condition.$eq];
  return Array.isArray(condition.$in) ? [...new Set<string>(condition.$in)] : undefined;
}

function verify(filter: Bson): void {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and' || field === '$or') {
      for (const part of condition as Bson[]) verify(part);
    } else if (field.startsWith('$')) {
      throw new Unsupported(`The operator ${field}`);
    } else if (isOperators(condition)) {
      verifyComparison(field, condition);
    } else if (isPlain(condition) || Array.isArray(condition)) {
      throw new Unsupported(`Equality of ${field} with an object or a list`);
    }
  }
}

function verifyComparison(field: string, condition: Bson): void {
  onlyFields(`A comparison of ${field}`, condition, COMPARISONS);
  const { $elemMatch: element, ...others } = condition;
  if (isPlain(element)) onlyFields(`An element of ${field}`, element, ['$gt', '$gte', '$lt', '$lte']);
  for (const value of [...Object.values(others), ...(isPlain(element) ? Object.values(element) : [])]) {
    if (isPlain(value)) throw new Unsupported(`A comparison of ${field} with an object`);
  }
}

function isOperators(condition: unknown): condition is Bson {
  return isPlain(condition) && Object.keys(condition).some((name) => name.startsWith('$'));
}

function rangedFields(filter: Bson): string[] {
  return Object.entries(filter).flatMap(([field, condition]) => {
    if (field === '$and') return (condition as Bson[]).flatMap(rangedFields);
    if (field === '$or') return [];
    const ranged = !isOperators(condition) || Object.keys(condition).some((name) => RANGES.includes(name));
    return ranged ? [field] : [];
  });
}

function equalities(filter: Bson): Bson {
  const base: Bson = {};
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and') for (const part of condition as Bson[]) Object.assign(base, equalities(part));
    else if (field === '$or') continue;
    else if (!isOperators(condition)) base[field] = condition;
    else if ('$eq' in condition) base[field] = condition.$eq;
  }
  const nested = Object.keys(base).find((field) => field.includes('.'));
  if (nested !== undefined) throw new Unsupported(`An upsert by the nested field ${nested}`);
  return base;
}
