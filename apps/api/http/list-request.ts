import type { PageRequest } from '#application';
import type { RefusalDetail } from '#domain/kernel';
import { HttpProblem } from './problem.ts';

const DEFAULT_PAGE_SIZE = 50;
const MOST_PAGE_SIZE = 200;
const MOST_QUERY_LENGTH = 200;
const MOST_TOKEN_LENGTH = 2_000;

/** How a filter's text becomes its value; `undefined` when it is none of those allowed. */
export type FilterKind<Value> = {
  readonly wanted: string;
  readonly parse: (text: string) => Value | undefined;
};

export const anyText: FilterKind<string> = {
  wanted: '1 to 200 characters',
  parse: (text) => (text.length > 0 && text.length <= MOST_QUERY_LENGTH ? text : undefined),
};

export const flag: FilterKind<boolean> = {
  wanted: 'true or false',
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

export function oneOf<const Value extends string>(...values: readonly Value[]): FilterKind<Value> {
  return { wanted: `one of ${values.join(', ')}`, parse: (text) => values.find((value) => value === text) };
}

type Filters = Readonly<Record<string, FilterKind<unknown>>>;
type Parsed<Kinds extends Filters> = {
  readonly [Name in keyof Kinds]?: Kinds[Name] extends FilterKind<infer Value> ? Value : never;
};

interface ListOptions {
  /** Whether it can be searched by `q`. */
  readonly searchable?: boolean;
  readonly defaultPageSize?: number;
}

/**
 * Reads a list's query: its page, and the filters it documents.
 * @throws HttpProblem 400 naming every parameter that is unknown or not of its kind
 */
export function listRequest<Kinds extends Filters>(
  query: unknown,
  kinds: Kinds,
  { searchable = false, defaultPageSize = DEFAULT_PAGE_SIZE }: ListOptions = {},
): { readonly page: PageRequest; readonly filter: Parsed<Kinds> } {
  const { pageSize, pageToken, ...filters } = query as Record<string, unknown>;
  const q = searchable ? filters.q : undefined;
  if (searchable) delete filters.q;
  const errors: RefusalDetail[] = [];
  const read = <Value>(name: string, value: unknown, kind: FilterKind<Value>): Value | undefined => {
    if (value === undefined) return undefined;
    const parsed = typeof value === 'string' ? kind.parse(value) : undefined;
    if (parsed === undefined) {
      errors.push({
        pointer: `/${name}`,
        code: 'invalid-parameter',
        detail: `${name} must be ${kind.wanted}.`,
      });
    }
    return parsed;
  };

  const page = {
    pageSize: read('pageSize', pageSize, wholeNumber(1, MOST_PAGE_SIZE)) ?? defaultPageSize,
    pageToken: read('pageToken', pageToken, opaqueToken),
    q: read('q', q, anyText),
  };
  const filter: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(filters)) {
    const kind = kinds[name];
    if (kind !== undefined) filter[name] = read(name, value, kind);
    else
      errors.push({
        pointer: `/${name}`,
        code: 'unknown-parameter',
        detail: `${name} is no parameter of this list.`,
      });
  }
  if (errors.length > 0)
    throw new HttpProblem(400, 'invalid-query', 'The query is not as documented.', { errors });
  return { page, filter: filter as Parsed<Kinds> };
}

function wholeNumber(from: number, to: number): FilterKind<number> {
  return {
    wanted: `a whole number from ${from} to ${to}`,
    parse: (text) => {
      const number = Number(text);
      return /^\d+$/.test(text) && number >= from && number <= to ? number : undefined;
    },
  };
}

const opaqueToken: FilterKind<string> = {
  wanted: 'a nextPageToken this list gave',
  parse: (text) => (text.length > 0 && text.length <= MOST_TOKEN_LENGTH ? text : undefined),
};
