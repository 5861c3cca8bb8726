import fc, { type Arbitrary } from 'fast-check';
import type { ObjectSchema, Schema } from '#contracts/commands';

/** Characters that are counted or accepted differently by those who are careless about them. */
const character = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...'aZ09 -_/.é') },
  { weight: 1, arbitrary: fc.constantFrom('😀', '\u{1F468}', '\uFE0F', '\u00A0', '\u2028') },
);
const refusedCharacter = fc.constantFrom('\u0000', '\u0007', '\u007F', '\uD800', '\uDC00', '\n', '\t');

const byFormat: Readonly<Record<string, Arbitrary<string>>> = {
  uuid: fc.uuid(),
  date: fc.constantFrom('2026-02-28', '2024-02-29', '1999-12-31'),
  'date-time': fc.constantFrom('2026-03-02T09:00:00.000Z', '2026-03-02T23:59:59Z'),
  uri: fc.constantFrom('https://files.example/a.pdf?x=1', 'http://localhost:9000/b'),
};
const byPattern: Readonly<Record<string, Arbitrary<string>>> = {
  '^[0-9a-f]{64}$': fc.constant('0f'.repeat(32)),
  '^[A-Za-z0-9!#$&^_.+-]+\\/[A-Za-z0-9!#$&^_.+-]+(?:; ?[A-Za-z0-9_-]+=[A-Za-z0-9_."-]+)*$': fc.constantFrom(
    'application/pdf',
    'text/plain; charset=utf-8',
  ),
};

/** Values the schema accepts, in what matters: every combination of fields, and their bounds. */
export function validFor(schema: Schema): Arbitrary<unknown> {
  const type = [schema.type ?? 'object'].flat();
  if (type.includes('null')) {
    const [own = 'object'] = type.filter((name) => name !== 'null');
    return fc.oneof(
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 3, arbitrary: validFor({ ...schema, type: own }) },
    );
  }
  if (schema.enum) return fc.constantFrom(...schema.enum.filter((value) => value !== null));
  switch (type[0]) {
    case 'string':
      return validText(schema);
    case 'number':
      return fc.oneof(
        fc.constantFrom(schema.minimum, schema.maximum),
        fc.double({ min: schema.minimum ?? -1, max: schema.maximum ?? 1, noNaN: true }),
      );
    case 'boolean':
      return fc.boolean();
    case 'array':
      return validList(schema);
    default:
      return validObject(schema as ObjectSchema);
  }
}

function validText({ format, anyOf, pattern = '', minLength = 0, maxLength = 0 }: Schema): Arbitrary<string> {
  const formats = [format, ...(anyOf ?? []).map((branch) => branch.format)].filter(
    (name) => name !== undefined,
  );
  if (formats.length > 0) return fc.constantFrom(...formats).chain((name) => byFormat[name] ?? fc.string());
  const known = byPattern[pattern];
  if (known) return known;
  const short = fc
    .array(character, { minLength, maxLength: Math.min(maxLength, 12) })
    .map((characters) => characters.join(''));
  const visible = short.map((text) => (text.trim() === '' ? 'x'.slice(0, minLength) : text));
  return fc.oneof(
    { weight: 8, arbitrary: visible },
    { weight: 1, arbitrary: fc.constant('😀'.repeat(maxLength)) },
  );
}

function validList({ items = {}, minItems = 0, maxItems = 0, uniqueItems }: Schema): Arbitrary<unknown> {
  const constraints = { minLength: minItems, maxLength: Math.min(maxItems, 3) };
  return uniqueItems ? fc.uniqueArray(validFor(items), constraints) : fc.array(validFor(items), constraints);
}

function validObject({ properties, required = [], oneOf, not, dependentRequired = {} }: ObjectSchema) {
  const fields = Object.entries(properties).map(([name, field]) => [name, validFor(field)] as const);
  const whole = fc.record(Object.fromEntries(fields), { requiredKeys: required as never[] });
  const branches = (oneOf ?? []).flatMap((branch) => branch.required ?? []);
  if (branches.length === 0) return whole.map((body) => (not ? omit(body, [not.required?.[0] ?? '']) : body));
  return fc.constantFrom(...branches).chain((chosen) => {
    const others = branches.filter((name) => name !== chosen);
    const orphans = Object.keys(dependentRequired).filter(
      (name) => !dependentRequired[name]?.includes(chosen),
    );
    const chosenValue = validFor(properties[chosen] ?? {});
    return fc
      .tuple(whole, chosenValue)
      .map(([body, value]) => ({ ...omit(body, [...others, ...orphans]), [chosen]: value }));
  });
}

function omit(body: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** What is put where it does not belong: of other types, at the edges, and nearly right. */
const intruder: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    ' ',
    '\t',
    0,
    -1,
    1e300,
    -0.5,
    [],
    {},
    [[]],
    [{}],
    [null],
    [1],
    [''],
  ),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.uuid().map((id) => `urn:uuid:${id}`),
  fc.uuid().map((id) => [id, id]),
  fc.constantFrom(
    '2026-02-30',
    '2026-03-02T09:00:00+02:00',
    '2016-12-31T23:59:60Z',
    '2026-3-2',
    'ftp://a/b',
    'https://',
  ),
  fc.constantFrom('on-loan ', 'Operator', 'a/b c', 'F'.repeat(64)),
  fc.tuple(character, refusedCharacter).map((characters) => characters.join('')),
  fc.integer({ min: 199, max: 201 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 199, max: 201 }).map((length) => '\uFE0F'.repeat(length)),
  fc.uuid().map((customerId) => ({ create: true, customerId })),
  fc.uuid().map((locationId) => ({ create: true, locationId })),
  fc.integer({ min: 50, max: 201 }).map((length) => Array.from({ length }, (_, index) => `label ${index}`)),
);

/** Bodies of which some are valid, and most go wrong in one to three places, however deep. */
export function bodyFor(schema: ObjectSchema): Arbitrary<unknown> {
  const mutation = fc.record({
    at: fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
    change: fc.oneof(
      fc.constant({ kind: 'drop' as const }),
      fc.record({ kind: fc.constant('put' as const), value: intruder }),
      fc.record({
        kind: fc.constant('add' as const),
        name: fc.constantFrom('surplus', 'customerId', 'id', ''),
        value: intruder,
      }),
    ),
  });
  return fc
    .tuple(validFor(schema), fc.array(mutation, { maxLength: 3 }))
    .map(([body, mutations]) =>
      mutations.reduce((mutated, { at, change }) => mutate(mutated, at, change), body),
    );
}

type Change =
  | { readonly kind: 'drop' }
  | { readonly kind: 'put'; readonly value: unknown }
  | { readonly kind: 'add'; readonly name: string; readonly value: unknown };

function mutate(value: unknown, [at = 0, ...deeper]: readonly number[], change: Change): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const index = entries.length === 0 ? -1 : at % entries.length;
  const rebuilt = entries.flatMap(([name, item], place): [string, unknown][] => {
    if (place !== index) return [[name, item]];
    if (deeper.length > 0 && typeof item === 'object' && item !== null)
      return [[name, mutate(item, deeper, change)]];
    if (change.kind === 'drop') return [];
    return [[name, change.kind === 'put' ? change.value : item]];
  });
  if (Array.isArray(value)) return rebuilt.map(([, item]) => item);
  return Object.fromEntries(change.kind === 'add' ? [...rebuilt, [change.name, change.value]] : rebuilt);
}
