// How a field is declared as personal, and the form in which the log stores it.
import type { Json, JsonObject } from '#event-store';

/**
 * A personal value as the log stores it: readable with the key of its data subject, and unreadable once that key is
 * destroyed. Callers cannot send one: what they send is checked to be text.
 */
export interface SealedValue {
  /** `<key id>.<nonce, ciphertext and tag in base64url>`. */
  readonly '@sealed': string;
  /** Where it was recorded; added when it is read, as the log itself does not need it. */
  readonly of?: Place;
}

/** The place of a value: `<event id><JSON pointer into the event>`. It cannot be opened as that of another place. */
export type Place = string;

/** The names of the fields on the way to a value, through each item of the lists between them. */
export type Path = readonly string[];

const declared = new WeakSet<object>();

/** Declares a field with this audience to be personal: the log stores it sealed. */
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

/** Returns the replacement of a value. */
export type Replace<Value> = (value: Value, place: Place) => Json;

/** The value with what is at the path replaced; the same value where nothing is there. */
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

/** The value with every sealed value in it replaced, at any depth; the same value where there is none. */
export function replaceSealed(value: Json, place: Place, replace: Replace<SealedValue>): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isSealed(value)) return replace(value, place);
  let replaced: { [name: string]: Json } | undefined;
  // Documents are looked through by the ten thousand: lists of their entries would be most of the work.
  for (const name in value) {
    const item = (value as JsonObject)[name];
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
