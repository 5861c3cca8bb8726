import { createGenerator } from 'ts-json-schema-generator';

/** The JSON Schemas of everything the API answers with, by name, from the types of the views. */
export function answerSchemas(): Readonly<Record<string, unknown>> {
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
  return JSON.parse(JSON.stringify(named).replaceAll('#/definitions/', '#/components/schemas/'));
}
