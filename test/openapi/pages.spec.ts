import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { SwaggerModule } from '@nestjs/swagger';
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

  it('is refused while it cannot be made, and made once for all who ask at the same time', async () => {
    const made = jest.spyOn(SwaggerModule, 'createDocument').mockImplementationOnce(() => {
      throw new Error('It cannot be made.');
    });
    const refused = await get('/openapi.json');
    expect([refused.statusCode, refused.json().code]).toEqual([500, 'internal-error']);
    const [one, other] = await Promise.all([get('/openapi.json'), get('/openapi.json')]);
    expect(one?.json()).toMatchObject({ openapi: '3.1.0' });
    expect(other?.body).toBe(one?.body);
    expect(made).toHaveBeenCalledTimes(2);
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
