import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsObject,
  IsOptional,
  Matches,
  Max,
  Min,
  registerDecorator,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationArguments,
  type ValidationOptions,
} from 'class-validator';
import { type TextFormName, type TextPatternName, textForms, textPatterns } from './text.ts';

export type Class<T extends object = object> = new () => T;

/** The allowed values of a field: class-validator decorators for one value, or for each value of a list. */
export interface Kind<T> {
  (options?: ValidationOptions): readonly PropertyDecorator[];
  /** Only for the compiler: the type of what is accepted. */
  readonly accepts?: T;
}

/** A decorator of a field declared as exactly `T`; on any other it does not compile. */
type FieldOf<T> = <Target extends object, Key extends keyof Target>(
  target: Target & (SameType<T, Target[Key]> extends true ? unknown : never),
  key: Key,
) => void;
type SameType<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/** A required field. */
export function Required<T>(kind: Kind<T>): FieldOf<T> {
  return field(kind());
}

/** A field that may be left out, but not be `null`. */
export function Optional<T>(kind: Kind<T>): FieldOf<T | undefined> {
  return field([ValidateIf(isGiven), ...kind()]);
}

/** A field of a change: when it is left out the value stays, `null` clears it. */
export function Clearable<T>(kind: Kind<T>): FieldOf<T | null | undefined> {
  return field([IsOptional(), ...kind()]);
}

/** The condition under which an optional field is validated. */
export function isGiven(_: object, value: unknown): boolean {
  return value !== undefined;
}

function field(decorators: readonly PropertyDecorator[]) {
  return (target: object, key: PropertyKey) => {
    for (const decorate of decorators) decorate(target, key as string);
  };
}

/** One line of text, not blank, of at most `max` characters. */
export function line(max: number): Kind<string> {
  return (options) => [...matching('line', options), characters(1, max, options)];
}

/** Any text of at most `max` characters. */
export function prose(max: number, min = 0): Kind<string> {
  return (options) => [...matching('prose', options), characters(min, max, options)];
}

export const sha256: Kind<string> = (options) => matching('sha256', options);
export const mediaType: Kind<string> = (options) => [
  ...matching('mediaType', options),
  characters(1, 200, options),
];

export const uuid: Kind<string> = (options) => [inForm('uuid', options)];
export const day: Kind<string> = (options) => [inForm('day', options)];
export const moment: Kind<string> = (options) => [inForm('moment', options)];
export const dayOrMoment: Kind<string> = (options) => [inForm('dayOrMoment', options)];
export const webAddress: Kind<string> = (options) => [
  inForm('webAddress', options),
  characters(1, 2_000, options),
];

/** One of the given words. */
export function oneOf<const T extends string | true>(values: readonly T[]): Kind<T> {
  return (options) => [IsIn(values, options)];
}

export const flag: Kind<boolean> = (options) => [IsBoolean(options)];

/** A finite number from `min` to `max`. */
export function number(min: number, max: number): Kind<number> {
  return (options) => [IsNumber({}, options), Min(min, options), Max(max, options)];
}

/** An object with fields of its own. */
export function nested<T extends object>(type: () => Class<T>): Kind<T> {
  return (options) => [IsObject(options), ValidateNested({ ...options, context: { type } }), Type(type)];
}

/** A list of `min` (0 by default) to `max` values; `unique`: none of them twice. */
export function list<T>(
  kind: Kind<T>,
  { min = 0, max, unique = false }: { min?: number; max: number; unique?: boolean },
): Kind<readonly T[]> {
  return (options) => {
    if (options?.each) throw new Error('A list of lists cannot be declared.');
    return [
      IsArray(),
      ArrayMinSize(min),
      ArrayMaxSize(max),
      ...(unique ? [ArrayUnique()] : []),
      ...kind({ each: true }),
    ];
  };
}

function matching(name: TextPatternName, options?: ValidationOptions): readonly PropertyDecorator[] {
  return [Matches(textPatterns[name].pattern, options)];
}

/** Counts as JSON Schema does, by code point: class-validator's `Length` does not count variation selectors. */
function characters(min: number, max: number, options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'characters',
      constraints: [min, max],
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && [...value].length >= min && [...value].length <= max,
        defaultMessage: () => `$property must be of ${min} to ${max} characters`,
      },
    },
    options,
  );
}

function inForm(name: TextFormName, options?: ValidationOptions): PropertyDecorator {
  const form = textForms[name];
  return ValidateBy(
    {
      name: 'textForm',
      constraints: [name],
      validator: {
        validate: (value: unknown) => typeof value === 'string' && form.accepts(value),
        defaultMessage: () => `$property ${form.detail}`,
      },
    },
    options,
  );
}

/** The name under which rules about a whole object are stored: like an empty JSON pointer, it means the whole. */
export const WHOLE = '';

/** Exactly one of these fields is present. */
export function ExactlyOneOf<Field extends string>(...fields: readonly Field[]) {
  return whole<Field>('exactlyOneOf', fields, (present) => present.length === 1);
}

/** At most one of these two fields is present. */
export function NotBoth<Field extends string>(...fields: readonly [Field, Field]) {
  return whole<Field>('notBoth', fields, (present) => present.length < 2);
}

/** The first field may be present only together with the second. */
export function OnlyWith<Field extends string>(...fields: readonly [Field, Field]) {
  return whole<Field>('onlyWith', fields, (present) => present[0] !== fields[0] || present.length === 2);
}

function whole<Field extends string>(
  name: string,
  fields: readonly Field[],
  holds: (present: readonly string[]) => boolean,
) {
  return (target: new () => { readonly [Key in Field]?: unknown }): void => {
    registerDecorator({
      name,
      target,
      propertyName: WHOLE,
      constraints: [fields],
      validator: {
        // A member with an empty name would pass here as if it were declared.
        validate: (value: unknown, { object }: ValidationArguments) =>
          value === undefined &&
          holds(fields.filter((key) => (object as Record<string, unknown>)[key] !== undefined)),
        defaultMessage: () => `${name}: ${fields.join(', ')}`,
      },
    });
  };
}
