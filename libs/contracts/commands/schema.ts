import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { type Class, isGiven, WHOLE } from './declare.ts';
import { type TextFormName, textForms } from './text.ts';

type ValidationMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** The part of JSON Schema 2020-12, which OpenAPI 3.1 uses, that declarations are translated to. */
export interface Schema {
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly (string | boolean | null)[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
}

export interface ObjectSchema extends Schema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
}

// biome-ignore lint/suspicious/noExplicitAny: constraints hold the arguments of their decorators
type ToKeywords = (constraints: any[]) => Schema;

/** The JSON Schema of each constraint of class-validator; any other constraint is refused. */
const KEYWORDS: Readonly<Record<string, ToKeywords>> = {
  matches: ([pattern]) => ({ type: 'string', pattern: (pattern as RegExp).source }),
  characters: ([min, max]) => ({ type: 'string', ...(min > 0 && { minLength: min }), maxLength: max }),
  textForm: ([name]) => ({ type: 'string', ...textForms[name as TextFormName].schema }),
  isIn: ([values]) => ({ type: typeof values[0], enum: values }),
  isBoolean: () => ({ type: 'boolean' }),
  isNumber: () => ({ type: 'number' }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  isArray: () => ({ type: 'array' }),
  arrayMinSize: ([min]) => (min > 0 ? { minItems: min } : {}),
  arrayMaxSize: ([maxItems]) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
  isObject: () => ({ type: 'object' }),
  exactlyOneOf: ([fields]) => ({ oneOf: fields.map((field: string) => ({ required: [field] })) }),
  notBoth: ([fields]) => ({ not: { required: fields } }),
  onlyWith: ([[field, other]]) => ({ dependentRequired: { [field]: [other] } }),
};

/**
 * The JSON Schema that accepts what class-validator accepts for the class, and no unknown field.
 * @throws UnmappedConstraint a decorator has no keyword here, so that no declaration is left unchecked
 */
export function schemaOf(dto: Class): ObjectSchema {
  const fields = Map.groupBy(
    getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false),
    (metadata) => metadata.propertyName,
  );
  const ofWhole = (fields.get(WHOLE) ?? []).map((metadata) => keywordsOf(dto, metadata));
  fields.delete(WHOLE);
  for (const field of ofWhole.flatMap(fieldsNamed)) {
    if (!fields.has(field))
      throw new UnmappedConstraint(dto, WHOLE, `a rule about ${field}, which is not declared,`);
  }
  const required = [...fields].filter(([, rules]) => !rules.some(isCondition)).map(([name]) => name);
  return merge(dto, WHOLE, [
    { title: dto.name, type: 'object' },
    { properties: Object.fromEntries([...fields].map(([name, rules]) => [name, fieldOf(dto, name, rules)])) },
    ...(required.length > 0 ? [{ required }] : []),
    { additionalProperties: false },
    ...ofWhole,
  ]) as ObjectSchema;
}

function fieldOf(dto: Class, name: string, rules: readonly ValidationMetadata[]): Schema {
  const {
    conditions = [],
    own = [],
    each = [],
  } = Object.groupBy(rules, (rule) => (isCondition(rule) ? 'conditions' : rule.each ? 'each' : 'own'));
  const keywords = (some: readonly ValidationMetadata[]) => some.map((rule) => keywordsOf(dto, rule));
  const schema = merge(dto, name, [
    ...keywords(own),
    ...(each.length > 0 ? [{ items: merge(dto, name, keywords(each)) }] : []),
  ]);
  if (typeof schema.type !== 'string') throw new UnmappedConstraint(dto, name, 'no type');
  return conditions.some((condition) => allowsNull(dto, condition)) ? orNull(schema, schema.type) : schema;
}

/** The fields that a rule about the whole object names. */
function fieldsNamed({ oneOf = [], not, dependentRequired = {} }: Schema): readonly string[] {
  const dependent = Object.entries(dependentRequired).flatMap(([field, others]) => [field, ...others]);
  return [...oneOf.flatMap((branch) => branch.required ?? []), ...(not?.required ?? []), ...dependent];
}

function keywordsOf(dto: Class, rule: ValidationMetadata): Schema {
  if (rule.type === ValidationTypes.NESTED_VALIDATION) {
    const type: (() => Class) | undefined = rule.context?.type;
    if (type) return schemaOf(type());
  }
  const toKeywords = KEYWORDS[rule.name ?? rule.type];
  if (toKeywords === undefined || rule.validateIf) {
    throw new UnmappedConstraint(dto, rule.propertyName, rule.name ?? rule.type);
  }
  return toKeywords(rule.constraints);
}

function isCondition(rule: ValidationMetadata): boolean {
  return rule.type === ValidationTypes.CONDITIONAL_VALIDATION;
}

function allowsNull(dto: Class, condition: ValidationMetadata): boolean {
  if (condition.name === 'isOptional') return true;
  if (condition.constraints[0] === isGiven) return false;
  throw new UnmappedConstraint(dto, condition.propertyName, 'an unknown condition');
}

function orNull(schema: Schema, type: string): Schema {
  return { ...schema, type: [type, 'null'], ...(schema.enum && { enum: [...schema.enum, null] }) };
}

function merge(dto: Class, name: string, parts: readonly Schema[]): Schema {
  const merged: Record<string, unknown> = {};
  for (const [keyword, value] of parts.flatMap((part) => Object.entries(part))) {
    if (keyword in merged && merged[keyword] !== value) {
      throw new UnmappedConstraint(dto, name, `${keyword}, twice and differently`);
    }
    merged[keyword] = value;
  }
  return merged;
}

/** A declaration that the compiled validator could not check. */
export class UnmappedConstraint extends Error {
  override readonly name = 'UnmappedConstraint';
  constructor(dto: Class, field: string, constraint: string) {
    super(`${dto.name}${field && `.${field}`}: ${constraint} has no counterpart in JSON Schema.`);
  }
}
