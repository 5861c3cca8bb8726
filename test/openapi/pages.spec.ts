import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { describedApplication } from './application.ts';

describe('the description of the API, as it is served', () => {
  let app: INestApplication;
  let fastify: FastifyInstance;
  const get = (url: string) => fastify.inject({ url });

  beforeAll(async () => {
    app = await describedApplication();
    await app.init();
    fastify = app.getHttpAdapter().getInstance();
    await fastify.ready();
  });

  afterAll(() => app.close());

  it.each(['openapi.json', 'asyncapi.json'])('is %s as it was written', async (name) => {
    const { headers, body } = await get(`/${name}`);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toBe(readFileSync(`docs/${name}`, 'utf8'));
  });

  it.each(['/docs', '/docs/', '/docs/index.html'])('is a page at %s, with all its files', async (url) => {
    const { headers, body } = await get(url);
    expect(headers['content-type']).toContain('text/html');
    const files = [...body.matchAll(/(?:href|src|url)[=:] ?["']([^"']+)/g)].map(([, file]) => file as string);
    expect(files).toContain('/openapi.json');
    const statuses = await Promise.all(files.map(async (file) => (await get(file)).statusCode));
    expect(statuses).toEqual(files.map(() => 200));
  });
});
