/** JSON with sorted object members, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

/** A sorted copy: a replacer called for each member would take three times as long. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const members = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) {
    // An assignment would set the copy's prototype.
    if (name === '__proto__')
      Object.defineProperty(copy, name, { value: ordered(members[name]), enumerable: true });
    else copy[name] = ordered(members[name]);
  }
  return copy;
}
