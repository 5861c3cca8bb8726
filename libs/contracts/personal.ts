// How a field is declared as personal, and the form in which the log stores it.
import type { Json, JsonObject } from '#event-store';

/**
 * A personal value as the log has it: readable with the key of the person it tells of, and with nothing once that key
 * is destroyed. What callers send is checked to be text, so that none of them can make one.
 */
export interface SealedValue {
  /** `<key id>.<nonce, ciphertext and tag in base64url>`. */
  readonly '@sealed': string;
  /** Where it was recorded, once it has been read from there; the log itself has no need of it. */
  readonly of?: Place;
}

/** Where a value stands: `<event id><JSON pointer into the event>`. It cannot be opened as the value of another place. */
export type Place = string;

/** The names of the fields that lead to a value; a list between them stands for each of its items. */
export type Path = readonly string[];

const declared = new WeakSet<object>();

/** Declares, beside who may see it, that a field is personal: the log stores it sealed. */
export function personal<Audience extends (...args: never[]) => boolean>(audience: Audience): Audience {
  const own = ((...args: Parameters<Audience>) => audience(...args)) as Audience;
  declared.add(own);
  return own;
}

type Fields = ((...args: never[]) => boolean) | { readonly [field: string]: Fields };

/** The paths of the fields that are declared to be personal. */
export function personalPaths(fields: Fields): readonly Path[] {
  if (typeof fields === 'function') return declared.has(fields) ? [[]] : [];
  return Object.entries(fields).flatMap(([field, of]) => personalPaths(of).map((path) => [field, ...path]));
}

export function isSealed(value: unknown): value is SealedValue {
  return typeof value === 'object' && value !== null && '@sealed' in value;
}

/** The id of the key that a value is sealed with. */
export function keyIdOf({ '@sealed': token }: SealedValue): string {
  return token.slice(0, token.indexOf('.'));
}

/** What a value is replaced by. */
export type Replace<Value> = (value: Value, place: Place) => Json;

/** The value with what stands at the path replaced, where there is something; the same where there is nothing. */
export function replaceAt(
  value: Json | undefined,
  path: Path,
  place: Place,
  replace: Replace<Json>,
): Json | undefined {
  if (value === undefined || value === null || isSealed(value)) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => replaceAt(item, path, `${place}/${index}`, replace) as Json);
  }
  const [field, ...rest] = path;
  if (field === undefined) return replace(value, place);
  const { [field]: before } = value as JsonObject;
  const after = replaceAt(before, rest, `${place}/${field}`, replace);
  return after === before ? value : { ...(value as JsonObject), [field]: after as Json };
}

/** The value with everything replaced that is sealed in it, at any depth; the same where nothing is. */
export function replaceSealed(value: Json, place: Place, replace: Replace<SealedValue>): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isSealed(value)) return replace(value, place);
  let replaced: { [name: string]: Json } | undefined;
  for (const [name, item] of Object.entries(value)) {
    if (typeof item !== 'object' || item === null) continue;
    const other = replaceSealed(item, `${place}/${name}`, replace);
    if (other === item) continue;
    replaced ??= { ...(value as JsonObject) };
    replaced[name] = other;
  }
  if (replaced === undefined) return value;
  const items = replaced;
  return Array.isArray(value) ? value.map((item, index) => items[index] ?? item) : items;
}
