import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject, SchemaObject } from '@nestjs/swagger';
import { publicCommands } from '#contracts/commands';
import { describedApplication } from './application.ts';
import { clientSchema } from './client-schema.ts';
import { openApiDocument } from './openapi-document.ts';
import { answerSchemas } from './schemas.ts';

const METHODS = ['get', 'post', 'patch', 'delete', 'put'] as const;

describe('the description of the API', () => {
  let document: OpenAPIObject;

  beforeAll(async () => {
    document = JSON.parse(JSON.stringify(openApiDocument(await describedApplication(), answerSchemas())));
  });

  it('is up to date (npm run openapi)', () => {
    expect(document).toEqual(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
  });

  it('has the types that the client is given (npm run openapi)', async () => {
    expect(readFileSync('libs/client/schema.ts', 'utf8')).toBe(await clientSchema());
  });

  it('has valid references only', () => {
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)];
    const missing = refs.filter(([, section, name]) => {
      const components = document.components as Record<string, Record<string, unknown>>;
      return components[section ?? '']?.[name ?? ''] === undefined;
    });
    expect(missing.map(([ref]) => ref)).toEqual([]);
  });

  it('has a summary and an answer for every operation', () => {
    const silent = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.filter((method) => {
        const operation = item[method];
        if (operation === undefined) return false;
        const answers = Object.keys(operation.responses).some((status) => status.startsWith('2'));
        return !operation.summary || !answers;
      }).map((method) => `${method} ${path}`),
    );
    expect(silent).toEqual([]);
  });

  it('has a schema for every command, told apart by its type', () => {
    const command = document.components?.schemas?.Command as SchemaObject;
    const mapping = Object.entries(command.discriminator?.mapping ?? {});
    expect(mapping.map(([type]) => type)).toEqual(publicCommands.map(({ type }) => type));
    expect(command.oneOf).toEqual(mapping.map(([, $ref]) => ({ $ref })));
  });

  it('names every body and every page', () => {
    const inline = [...JSON.stringify(document.paths).matchAll(/"schema":\{"type":"(?:object|array)"/g)];
    expect(inline).toEqual([]);
  });

  it('is OpenAPI 3.1 and requires a bearer token, or the session of the console', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', security: [{ bearer: [] }, { session: [] }] });
  });
});
