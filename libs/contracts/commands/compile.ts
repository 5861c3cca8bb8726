import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Schema } from './schema.ts';
import { textForms, textPatterns } from './text.ts';

/** One thing that is wrong with a body. */
export interface ValidationIssue {
  /** JSON pointer to the field; the empty one means the whole body. */
  readonly pointer: string;
  /** Stable, in kebab-case. */
  readonly code: string;
  /** A sentence for people. */
  readonly detail: string;
}

/** The issues of a value, at most `MAX_ISSUES`; `undefined` when it is valid. */
export type Validate = (value: unknown) => readonly ValidationIssue[] | undefined;

/** How many issues of one body are reported. */
export const MAX_ISSUES = 100;

/** The body of a request: its schema, and its validator. */
export interface BodyShape<Body> {
  readonly schema: Schema;
  readonly validate: Validate;
  /** Only for the compiler: the type of what is valid. */
  readonly accepts?: Body;
}

const ajv = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  messages: false,
  strict: true,
  // The branches of an alternative require fields that are declared beside them, not within.
  strictRequired: false,
  verbose: true,
});
for (const form of Object.values(textForms)) {
  if ('format' in form.schema) ajv.addFormat(form.schema.format, form.accepts);
}

/**
 * Makes a validator of a schema: nothing is coerced, filled in or removed. The schema is compiled on first
 * use, since most programs use few.
 */
export function compile(schema: Schema): Validate {
  let accepts: ValidateFunction | undefined;
  return (value) => {
    accepts ??= ajv.compile(schema);
    return accepts(value) ? undefined : issuesOf(accepts.errors ?? []);
  };
}

/** Errors within a branch of an alternative are left out: the alternative itself is reported. */
const IN_A_BRANCH = /\/(?:anyOf|oneOf)\/\d+\//;

function issuesOf(errors: readonly ErrorObject[]): readonly ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  for (const error of errors) {
    if (issues.length === MAX_ISSUES) break;
    if (!IN_A_BRANCH.test(error.schemaPath)) issues.push(issueOf(error));
  }
  return issues;
}

function issueOf({ keyword, instancePath, params, schema }: ErrorObject): ValidationIssue {
  const issue = (code: string, what: string, field?: string): ValidationIssue => {
    const pointer = field === undefined ? instancePath : `${instancePath}/${escapePointer(field)}`;
    return { pointer, code, detail: `${pointer === '' ? 'The body' : pointer} ${what}.` };
  };
  switch (keyword) {
    case 'required':
      return issue('required', 'is required', params.missingProperty);
    case 'additionalProperties':
      return issue('unknown-field', 'is not a known field here', params.additionalProperty);
    case 'type':
      return issue('wrong-type', `must be ${[params.type].flat().map(typeInWords).join(' or ')}`);
    case 'enum':
      return issue('not-one-of', `must be one of ${params.allowedValues.map(String).join(', ')}`);
    case 'minLength':
      return issue('too-short', `must have at least ${count(params.limit, 'character')}`);
    case 'maxLength':
      return issue('too-long', `must have at most ${count(params.limit, 'character')}`);
    case 'minItems':
      return issue('too-few', `must have at least ${count(params.limit, 'item')}`);
    case 'maxItems':
      return issue('too-many', `must have at most ${count(params.limit, 'item')}`);
    case 'uniqueItems':
      return issue('not-unique', 'must not contain the same item twice');
    case 'minimum':
      return issue('too-small', `must be at least ${params.limit}`);
    case 'maximum':
      return issue('too-large', `must be at most ${params.limit}`);
    case 'oneOf':
      return issue('not-exactly-one', `must have exactly one of ${fieldsOf(schema as Schema[])}`);
    case 'not':
      return issue('not-both', `must not have both ${fieldsOf([schema as Schema], ' and ')}`);
    case 'dependentRequired':
      return issue('not-without', `is only allowed together with ${params.missingProperty}`, params.property);
    case 'pattern':
      return issue(...wordsOf(PATTERNS.get(params.pattern)));
    case 'anyOf':
      return issue(...wordsOf(textForms.dayOrMoment));
    default:
      return issue(...wordsOf(FORMS.get(params.format)));
  }
}

function count(limit: number, thing: string): string {
  return `${limit} ${thing}${limit === 1 ? '' : 's'}`;
}

function fieldsOf(schemas: readonly Schema[], separator = ', '): string {
  return schemas.flatMap((schema) => schema.required ?? []).join(separator);
}

const TYPES_IN_WORDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function typeInWords(type: string): string {
  return TYPES_IN_WORDS[type] ?? type;
}

function wordsOf(known: { code: string; detail: string } | undefined): [code: string, detail: string] {
  return known ? [known.code, known.detail] : ['malformed', 'is malformed'];
}

const PATTERNS = new Map(Object.values(textPatterns).map((known) => [known.pattern.source, known] as const));
const FORMS = new Map(
  Object.values(textForms).flatMap((form) => ('format' in form.schema ? [[form.schema.format, form]] : [])),
);

function escapePointer(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1');
}
