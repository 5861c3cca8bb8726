import { ProblemError } from '#client';

/** What a form holds: each field is a text, a number, a choice or a few fields together; empty is `''`. */
type Values = object;

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entered values, without empty ones. Texts are trimmed. */
export function entered<V extends Values>(values: V): Partial<V> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const cleaned = clean(value);
      return cleaned === undefined ? [] : [[name, cleaned]];
    }),
  ) as Partial<V>;
}

/** What differs from what was there: what was emptied is `null`, and fields that belong together go together. */
export function changed<V extends Values>(before: V, after: V): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) => {
      const [was, is] = [clean(before[name as keyof V]), clean(value)];
      return JSON.stringify(was) === JSON.stringify(is) ? [] : [[name, is ?? null]];
    }),
  );
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (!isGroup(value)) return value ?? undefined;
  const group = entered(value);
  return Object.keys(group).length === 0 ? undefined : group;
}

/** What the service finds wrong, by the path of the field, as in `address.city`. */
export function faultsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ProblemError)) return {};
  const faults = error.problem.errors ?? [];
  return Object.fromEntries(faults.map(({ pointer, detail }) => [pathOf(pointer), detail]));
}

function pathOf(pointer: string): string {
  return pointer.replace(/^\/(?:data\/)?/, '').replaceAll('/', '.');
}
