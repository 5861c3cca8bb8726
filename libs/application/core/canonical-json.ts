/** JSON that is the same for all values that say the same: the members of an object are in one order. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

/** A copy to be written as it is: asking for each member while writing takes three times as long. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const members = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) {
    // Assigned, it would be taken for the copy's prototype.
    if (name === '__proto__')
      Object.defineProperty(copy, name, { value: ordered(members[name]), enumerable: true });
    else copy[name] = ordered(members[name]);
  }
  return copy;
}
