/** What an address says of a screen: only what it does say. */
export function said<Values extends object>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<Values>;
}

/** What an address says of a screen, as far as it is one of these. */
export function oneOf<const Value extends string>(
  said: unknown,
  values: readonly Value[],
): Value | undefined {
  return values.find((value) => value === said);
}

/** A text that an address may say, as far as it says one. What looks like a number was one to whoever read it. */
export function someText(said: unknown): string | undefined {
  const text = typeof said === 'string' || typeof said === 'number' ? String(said).trim() : '';
  return text === '' ? undefined : text;
}
