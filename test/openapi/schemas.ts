import type { SchemaObject } from '@nestjs/swagger';
import { createGenerator } from 'ts-json-schema-generator';
import { problemCodes } from './codes.ts';

/** The JSON Schemas of everything the API answers with, by name, from the types of the views. */
export function answerSchemas(): Readonly<Record<string, SchemaObject>> {
  const { Answers: _, ...named } =
    createGenerator({
      path: 'apps/api/openapi/answers.ts',
      tsconfig: 'tsconfig.json',
      type: 'Answers',
      expose: 'export',
      jsDoc: 'basic',
      skipTypeCheck: true,
      additionalProperties: true,
    }).createSchema('Answers').definitions ?? {};
  const moved = JSON.parse(JSON.stringify(named).replaceAll('#/definitions/', '#/components/schemas/'));
  for (const schema of Object.values(moved)) countsAreIntegers(schema);
  moved.Problem.properties.code.enum = problemCodes();
  return moved;
}

/** A number without a name of its own is a count; what may have a fraction has one, like `Amount`. */
function countsAreIntegers(schema: unknown, named = true): void {
  if (typeof schema !== 'object' || schema === null) return;
  const part = schema as { type?: unknown };
  if (part.type === 'number' && !named) part.type = 'integer';
  for (const value of Object.values(schema)) countsAreIntegers(value, false);
}
