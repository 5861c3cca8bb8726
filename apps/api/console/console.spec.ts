import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { refuseUnknownMethods } from '../http/methods.ts';
import { serveConsole } from './console.ts';

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PAGE = '<meta content="__NONCE__"><script src="/assets/a-1.js">';

let directory: string;
let fastify: FastifyInstance;

beforeAll(async () => {
  directory = `${await mkdtemp(join(tmpdir(), 'tessera-console-'))}/`;
  await mkdir(`${directory}assets`);
  await writeFile(`${directory}index.html`, PAGE);
  await writeFile(`${directory}icon.svg`, '<svg/>');
  await writeFile(`${directory}assets/a-1.js`, 'as it is');
  await writeFile(`${directory}assets/a-1.js.br`, 'in brotli');
  fastify = Fastify();
  refuseUnknownMethods(fastify);
  fastify.get('/v1/things', async () => ({}));
  serveConsole(fastify, directory);
  await fastify.ready();
});

afterAll(async () => {
  await fastify.close();
  await rm(directory, { recursive: true });
});

describe('the console', () => {
  it.each(['/', '/shares', '/shares/019b76da-a800-76e4-ada0-f1c495730dfc?tab=history'])(
    'has its page at %s',
    async (url) => {
      const { statusCode, headers, body } = await fastify.inject({ url, headers: BROWSER });
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      expect(body).toContain('<script src="/assets/a-1.js">');
    },
  );

  it('allows styles by a nonce that is another each time, and nothing from elsewhere', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => fastify.inject({ url: '/', headers: BROWSER })));
    const nonceOf = (policy: unknown) => /'nonce-([\w+/]{22}==)'/.exec(String(policy))?.[1];
    const policy = one?.headers['content-security-policy'];
    const nonce = nonceOf(policy);
    expect(one?.body).toContain(`<meta content="${nonce}">`);
    expect(nonceOf(other?.headers['content-security-policy'])).not.toBe(nonce);
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
  });

  it.each([
    '/v1',
    '/v1/nothing',
    '/dev/nothing',
    '/health',
    '/docs',
    '/openapi.json',
    '/asyncapi.json',
    '/assets/a-2.js',
  ])('leaves %s to the API', async (url) => {
    expect((await fastify.inject({ url, headers: BROWSER })).statusCode).toBe(404);
  });

  it('has no page for other clients than browsers, nor for writes', async () => {
    expect((await fastify.inject({ url: '/shares' })).statusCode).toBe(404);
    expect((await fastify.inject({ method: 'POST', url: '/shares', headers: BROWSER })).statusCode).toBe(404);
  });

  it('has files that are cached for ever, compressed where that is accepted', async () => {
    const url = '/assets/a-1.js';
    const { body, headers } = await fastify.inject({ url, headers: { 'accept-encoding': 'br, gzip' } });
    expect(body).toBe('in brotli');
    expect(headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    expect((await fastify.inject({ url })).body).toBe('as it is');
  });

  it('is absent where it has not been built', async () => {
    const without = Fastify();
    serveConsole(without, `${directory}nowhere/`);
    expect((await without.inject({ url: '/', headers: BROWSER })).statusCode).toBe(404);
  });
});
