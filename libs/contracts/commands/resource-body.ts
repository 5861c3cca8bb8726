import type { PublicCommand } from './registry.ts';
import type { ObjectSchema } from './schema.ts';

/**
 * The body of a route that sends `command`: without the fields given in its path, and with a plain `id` for what it
 * creates.
 */
export function resourceBody(command: PublicCommand, fromPath: readonly string[] = []): ObjectSchema {
  const { creates, schema: whole } = command;
  const properties = Object.entries(whole.properties)
    .filter(([name]) => !fromPath.includes(name))
    .map(([name, field]) => [name === creates ? 'id' : name, field] as const);
  const { required: all, ...rest } = whole;
  const required = all?.filter((name) => !fromPath.includes(name)) ?? [];
  return {
    ...rest,
    title: `${command.type}Body`,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
  };
}
