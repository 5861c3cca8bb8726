import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The files of Swagger UI, which are served as they are. */
const FILES = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

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

/** Serves the description at `/openapi.json`, and readable at `/docs`. What makes it is loaded once it is asked for. */
export function serveDescription(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let document: string | undefined;
  fastify.get('/openapi.json', async (_request, reply) => {
    const { openApiDocument } = await import('./document.ts');
    document ??= JSON.stringify(openApiDocument(app));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  for (const path of ['/docs', '/docs/', '/docs/index.html']) {
    fastify.get(path, (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  }
  fastify.register(fastifyStatic, { root: FILES, prefix: '/docs/', decorateReply: false });
}
