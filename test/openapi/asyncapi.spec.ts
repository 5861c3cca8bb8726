import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { everyChangeType } from '#contracts';
import { publicCommands } from '#contracts/commands';
import { asyncApiDocument } from './asyncapi-document.ts';

const require = createRequire(import.meta.url);
const { schemas } = require('@asyncapi/specs') as { schemas: Readonly<Record<string, object>> };
const openApi = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
const document = JSON.parse(JSON.stringify(asyncApiDocument(openApi.components.schemas)));

describe('the description of messages', () => {
  it('is up to date (npm run openapi)', () => {
    expect(document).toEqual(JSON.parse(readFileSync('docs/asyncapi.json', 'utf8')));
  });

  it('is AsyncAPI 3', () => {
    const ajv = addFormats.default(new Ajv({ strict: false, meta: false }));
    const validate = ajv.compile(schemas['3.0.0'] as object);
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    validate({ ...document, channels: { wrong: { adress: 'x' } } });
    expect(validate.errors).not.toBeNull();
  });

  it('has valid references only', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, ref]) => ref as string,
    );
    const at = (ref: string) =>
      ref
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter((ref) => at(ref) === undefined)).toEqual([]);
  });

  it('has the subject of every command, and for every change a message and an event', () => {
    const subjects = publicCommands.map(({ type }) => document.channels[type].address);
    expect(subjects).toEqual(publicCommands.map(({ type }) => `tessera.commands.${type}`));
    expect(Object.keys(document.channels.changes.messages)).toEqual(everyChangeType);
    const events = everyChangeType.map((type) => `tessera.${type}.v1`);
    expect(Object.keys(document.channels.webhooks.messages)).toEqual([...events, 'tessera.webhook.test.v1']);
  });
});
