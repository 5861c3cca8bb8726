/** JSON that is the same for all values that say the same: the members of an object stand in one order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isObject(part) ? sorted(part) : part));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: Readonly<Record<string, unknown>>): object {
  const names = Object.keys(object);
  return Object.fromEntries(names.sort().map((name) => [name, object[name]]));
}
