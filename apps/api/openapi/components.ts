import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';
import { publicCommands, type Schema } from '#contracts/commands';

/** Any command in its envelope: one of a schema for each type. */
export function anyCommand(envelope: Schema): SchemaObject {
  const { type: _type, data: _data, ...common } = envelope.properties ?? {};
  const commands = publicCommands.map(({ type, description, schema }) => ({
    ...envelope,
    title: `${type}Command`,
    description,
    properties: { type: { type: 'string', enum: [type] }, data: schema, ...common },
  }));
  const mapping = Object.fromEntries(
    commands.map(({ title, properties }) => [properties.type.enum[0], refTo(title).$ref]),
  );
  return {
    title: 'Command',
    oneOf: commands,
    discriminator: { propertyName: 'type', mapping },
  } as unknown as SchemaObject;
}

export function refTo(name: string): ReferenceObject {
  return { $ref: `#/components/schemas/${name}` };
}
