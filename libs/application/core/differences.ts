// Compares two states of one thing, of any size.
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '#event-store';

/** How many items of a list are named; all are counted. */
const NAMED = 100;

/** A field that has another value: absent where there was none, or is none any more. */
export interface FieldDifference {
  /** A JSON Pointer into the state. */
  readonly pointer: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** How many, and the first of them. */
export interface SomeItems {
  readonly total: number;
  readonly items: readonly Json[];
}

/** How many, and the first of them as they were and as they are. */
export interface SomeChanges {
  readonly total: number;
  readonly items: readonly ItemChange[];
}

export interface ItemChange {
  readonly before: Json;
  readonly after: Json;
}

/** A list whose items have ids. */
export interface ListDifference {
  /** A JSON Pointer into the state. */
  readonly pointer: string;
  readonly added: SomeItems;
  readonly changed: SomeChanges;
  readonly removed: SomeItems;
}

export interface Differences {
  readonly fields: readonly FieldDifference[];
  readonly lists: readonly ListDifference[];
}

/**
 * What differs, field by field in the order of the states.
 * @param ids by the name of a list, the field that identifies its items; other lists are compared as one value
 */
export function differencesOf(
  before: object,
  after: object,
  ids: Readonly<Record<string, string>>,
): Differences {
  const found = { fields: [] as FieldDifference[], lists: [] as ListDifference[] };
  compare(before as JsonObject, after as JsonObject, '', ids, found);
  return found;
}

interface Found {
  readonly fields: FieldDifference[];
  readonly lists: ListDifference[];
}

function compare(
  before: JsonObject,
  after: JsonObject,
  path: string,
  ids: Readonly<Record<string, string>>,
  found: Found,
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [own(before, name), own(after, name)];
    const pointer = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const id = own(ids, name);
    if (id !== undefined && (isList(one) || isList(other))) {
      const list = listDifference(pointer, id, isList(one) ? one : [], isList(other) ? other : []);
      if (list !== undefined) found.lists.push(list);
    } else if (isObject(one) && isObject(other)) {
      compare(one, other, pointer, ids, found);
    } else if (!isDeepStrictEqual(one, other)) {
      found.fields.push({
        pointer,
        ...(one !== undefined && { before: one }),
        ...(other !== undefined && { after: other }),
      });
    }
  }
}

/** The value of an own member: others, such as `valueOf`, are inherited. */
function own<Value>(of: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

function listDifference(
  pointer: string,
  id: string,
  before: readonly JsonObject[],
  after: readonly JsonObject[],
): ListDifference | undefined {
  const left = new Map(before.map((item) => [item[id], item]));
  const added: Json[] = [];
  const changed: ItemChange[] = [];
  for (const item of after) {
    const former = left.get(item[id]);
    left.delete(item[id]);
    if (former === undefined) added.push(item);
    else if (!isDeepStrictEqual(former, item)) changed.push({ before: former, after: item });
  }
  const removed = [...left.values()];
  if (added.length + changed.length + removed.length === 0) return undefined;
  return { pointer, added: some(added), changed: some(changed), removed: some(removed) };
}

function some<Item>(items: readonly Item[]) {
  return { total: items.length, items: items.slice(0, NAMED) };
}

function isList(value: Json | undefined): value is readonly JsonObject[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
