import { sameData } from './same-data.ts';

type OptionalKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** Changes to an object: any of its fields; `null` clears an optional one. */
export type Changes<T> = {
  readonly [K in keyof T]?: K extends OptionalKeys<T> ? T[K] | null : T[K];
};

/** The object with the changes applied. */
export function applyChanges<T extends object>(thing: T, changes: Changes<T>): T {
  const changed = { ...(thing as Record<string, unknown>) };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete changed[key];
    else if (value !== undefined) changed[key] = value;
  }
  return changed as T;
}

/** Only the changes that would make a difference; `undefined` when there are none. */
export function effectiveChanges<T extends object>(thing: T, changes: Changes<T>): Changes<T> | undefined {
  const current = thing as Record<string, unknown>;
  const effective = Object.entries(changes).filter(
    ([key, value]) => value !== undefined && !sameData(value, current[key] ?? null),
  );
  return effective.length === 0 ? undefined : (Object.fromEntries(effective) as Changes<T>);
}
