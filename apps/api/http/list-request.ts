import { validate as isUuid } from 'uuid';
import type { PageRequest } from '#application';
import { textForms, textPatterns } from '#contracts/commands';
import type { RefusalDetail } from '#domain/kernel';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

const DEFAULT_PAGE_SIZE = 50;
const MOST_PAGE_SIZE = 200;
const MOST_QUERY_LENGTH = 200;
const MOST_TOKEN_LENGTH = 2_000;

/** A parameter of a query: how its text becomes its value, and how it is described. */
export interface Parameter<Value> {
  readonly wanted: string;
  /** Its JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** `undefined` for invalid text. */
  readonly parse: (text: string) => Value | undefined;
}

export const anyText: Parameter<string> = {
  wanted: `1 to ${MOST_QUERY_LENGTH} characters in one line, not only spaces`,
  schema: {
    type: 'string',
    minLength: 1,
    maxLength: MOST_QUERY_LENGTH,
    pattern: textPatterns.line.pattern.source,
  },
  parse: (text) => {
    const isTaken =
      text.length > 0 && text.length <= MOST_QUERY_LENGTH && textPatterns.line.pattern.test(text);
    return isTaken ? text : undefined;
  },
};

/** The id of something, in any case. */
export const anyId: Parameter<string> = {
  wanted: 'a UUID',
  schema: { type: 'string', format: 'uuid' },
  parse: (text) => (isUuid(text) ? text.toLowerCase() : undefined),
};

export const flag: Parameter<boolean> = {
  wanted: 'true or false',
  schema: { type: 'boolean' },
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

/** A moment in UTC, with the precision of those that are given out. */
export const moment: Parameter<string> = {
  wanted: 'a date and time in UTC (ISO 8601, ending in Z)',
  schema: { type: 'string', ...textForms.moment.schema },
  parse: (text) => (textForms.moment.accepts(text) ? new Date(text).toISOString() : undefined),
};

/** A day in UTC. */
export const day: Parameter<string> = {
  wanted: 'a date (YYYY-MM-DD)',
  schema: { type: 'string', ...textForms.day.schema },
  parse: (text) => (textForms.day.accepts(text) ? text : undefined),
};

export function oneOf<const Value extends string>(...values: readonly Value[]): Parameter<Value> {
  return {
    wanted: `one of ${values.join(', ')}`,
    schema: { type: 'string', enum: values },
    parse: (text) => values.find((value) => value === text),
  };
}

/** One of the values, some of which have another name too. */
export function oneOfAliased<const Value extends string>(
  values: readonly Value[],
  aliases: ReadonlyMap<string, Value>,
): Parameter<Value> {
  const { wanted, schema } = oneOf(...values, ...aliases.keys());
  const { parse } = oneOf(...values);
  return { wanted, schema, parse: (text) => aliases.get(text) ?? parse(text) };
}

export function wholeNumber(from: number, to: number): Parameter<number> {
  return {
    wanted: `a whole number from ${from} to ${to}`,
    schema: { type: 'integer', minimum: from, maximum: to },
    parse: (text) => {
      const number = Number(text);
      return /^\d{1,15}$/.test(text) && number >= from && number <= to ? number : undefined;
    },
  };
}

export const opaqueToken: Parameter<string> = {
  wanted: 'a nextPageToken this list gave',
  schema: { type: 'string', maxLength: MOST_TOKEN_LENGTH },
  parse: (text) => (text.length > 0 && text.length <= MOST_TOKEN_LENGTH ? text : undefined),
};

const PAGE = { pageSize: wholeNumber(1, MOST_PAGE_SIZE), pageToken: opaqueToken };
const SEARCH = { q: anyText };

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Parsed<Kinds extends Parameters> = {
  readonly [Name in keyof Kinds]?: Kinds[Name] extends Parameter<infer Value> ? Value : never;
};

/**
 * Reads the parameters of a request.
 * @throws HttpProblem 400 naming every one that is unknown or not of its kind
 */
export function parameters<Kinds extends Parameters>(
  { request }: Pick<Exchange, 'request'>,
  kinds: Kinds,
): Parsed<Kinds> {
  const errors: RefusalDetail[] = [];
  const fault = (name: string, code: string, detail: string) => {
    errors.push({ pointer: `/${name}`, code, detail });
  };
  const parsed: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(request.query as Record<string, string | readonly string[]>)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      errors.push(unknownParameter(name));
    } else if (typeof text !== 'string') {
      fault(name, 'repeated-parameter', `${name} is given more than once.`);
    } else {
      parsed[name] = kind.parse(text);
      if (parsed[name] === undefined) fault(name, 'invalid-parameter', `${name} must be ${kind.wanted}.`);
    }
  }
  if (errors.length > 0) throw invalidQuery(errors);
  return parsed as Parsed<Kinds>;
}

/**
 * The value of a parameter that must be there.
 * @throws HttpProblem 400
 */
export function given<Value>(name: string, value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw invalidQuery([{ pointer: `/${name}`, code: 'required', detail: `${name} is required.` }]);
}

export function unknownParameter(name: string): RefusalDetail {
  return {
    pointer: `/${name}`,
    code: 'unknown-parameter',
    detail: `${name} is not a parameter of this resource.`,
  };
}

export function invalidQuery(errors: readonly RefusalDetail[]): HttpProblem {
  return new HttpProblem(400, 'invalid-query', 'The query is not valid; see errors.', { errors });
}

export interface ListOptions {
  /** Whether it can be searched by `q`. */
  readonly searchable?: boolean;
  readonly defaultPageSize?: number;
}

/** Every parameter of a list: its page, free text where it can be searched, and its filters. */
export function listParameters<Filters extends Parameters>(
  filters: Filters,
  { searchable }: ListOptions = {},
) {
  return { ...PAGE, ...(searchable && SEARCH), ...filters };
}

/**
 * Reads a list's query: its page, and the filters it documents.
 * @throws HttpProblem 400 naming every parameter that is unknown or not of its kind
 */
export function listRequest<Filters extends Parameters>(
  http: Pick<Exchange, 'request'>,
  filters: Filters,
  options: ListOptions = {},
): { readonly page: PageRequest; readonly filter: Parsed<Filters> } {
  const { defaultPageSize = DEFAULT_PAGE_SIZE } = options;
  const read = parameters(http, listParameters<Parameters>(filters, options)) as Record<string, unknown>;
  const { pageSize = defaultPageSize, pageToken, q, ...filter } = read;
  return { page: { pageSize, pageToken, q } as PageRequest, filter: filter as Parsed<Filters> };
}
