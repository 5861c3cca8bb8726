import { compile, type Validate } from './compile.ts';
import type { PublicCommand } from './registry.ts';
import type { ObjectSchema } from './schema.ts';

/** A command as a resource takes it: some fields are in the path, and what it creates has a plain `id`. */
export interface ResourceBody {
  readonly schema: ObjectSchema;
  readonly validate: Validate;
  /** The command's data from a valid body and the fields of the path. */
  dataOf(body: object, path?: Readonly<Record<string, string>>): Record<string, unknown>;
}

/** The body of `command` for a resource whose path gives the fields `fromPath`. Compiled here: once, at the start. */
export function resourceBody(command: PublicCommand, fromPath: readonly string[] = []): ResourceBody {
  const { creates, schema: whole } = command;
  const properties = Object.entries(whole.properties)
    .filter(([name]) => !fromPath.includes(name))
    .map(([name, field]) => [name === creates ? 'id' : name, field] as const);
  const { required: all, ...rest } = whole;
  const required = all?.filter((name) => !fromPath.includes(name)) ?? [];
  const schema: ObjectSchema = {
    ...rest,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
  return {
    schema,
    validate: compile(schema),
    dataOf: (body, path) => {
      if (creates === undefined || !('id' in body)) return { ...body, ...path };
      const { id, ...others } = body;
      return { ...others, [creates]: id, ...path };
    },
  };
}
