import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { installedIn } from '../../release.ts';

/** Where `npm run openapi` writes the descriptions. */
const DESCRIPTIONS = join(installedIn(), 'docs');

/** The files of Swagger UI, which are served as they are. */
const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Tessera</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png" sizes="32x32">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/index.css">
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });</script>
`;

/**
 * Serves the descriptions of the API and of messages at `/openapi.json` and `/asyncapi.json`, and the former readable at
 * `/docs`. They are served as they were written: what makes them takes a tenth of a second, in which nobody is answered.
 */
export function serveDescriptions(fastify: FastifyInstance): void {
  for (const name of ['openapi.json', 'asyncapi.json']) {
    fastify.get(`/${name}`, async (_request, reply) => {
      const description = await readFile(join(DESCRIPTIONS, name));
      return reply.type('application/json; charset=utf-8').send(description);
    });
  }
  for (const path of ['/docs', '/docs/', '/docs/index.html']) {
    fastify.get(path, (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  }
  fastify.register(fastifyStatic, { root: SWAGGER_UI, prefix: '/docs/', decorateReply: false });
}
