import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where the console has been built to, for code that runs from source and for compiled code. */
const BUILT = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/console/' : '../../../console/', import.meta.url),
);

/** Paths of the API: answered there, or 404. */
const NOT_PAGES = /^\/(?:v1|dev|auth|health|metrics|docs|openapi\.json|asyncapi\.json|assets)(?:[/?-]|$)/;

/** Its own name changes with a file's content. */
const IMMUTABLE = { immutable: true, maxAge: '365d' } as const;

const NONCE_BYTES = 16;

/**
 * Serves the console: its files, and its page wherever a browser asks for a page that is none of the API's. Where it
 * has not been built there is none.
 * @param directory where it has been built to
 */
export function serveConsole(fastify: FastifyInstance, directory = BUILT): void {
  const page = pageIn(directory);
  if (page === undefined) return;
  fastify.register(fastifyStatic, {
    root: `${directory}assets`,
    prefix: '/assets/',
    decorateReply: false,
    preCompressed: true,
    ...IMMUTABLE,
    setHeaders: (reply) => reply.header('x-content-type-options', 'nosniff'),
  });
  fastify.get('/icon.svg', (_request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'max-age=3600' });
    reply.type('image/svg+xml').send(page.icon);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (reply.sent || !request.is404 || !wantsPage(request)) done();
    else sendPage(reply, page.html);
  });
}

const NO_CONSOLE = `<!doctype html>
<html lang="en">
<title>Tessera</title>
<h1>There is no console here</h1>
<p>Nobody can sign in to this service: it is used by programs, through its <a href="/docs">API</a>.
Whoever operates it switches the console on by setting OIDC_CLIENT_ID.</p>
`;

/** Explains at `/` why there is no console. */
export function serveNoConsole(fastify: FastifyInstance): void {
  fastify.get('/', (_request, reply) => {
    reply
      .headers({
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .type('text/html; charset=utf-8')
      .send(NO_CONSOLE);
  });
}

/** The page, in which a nonce is put for each request. */
interface Page {
  readonly html: string;
  readonly icon: Buffer;
}

function pageIn(directory: string): Page | undefined {
  try {
    const html = readFileSync(`${directory}index.html`, 'utf8');
    return { html, icon: readFileSync(`${directory}icon.svg`) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether it is a navigation of a browser to a path that is not the API's. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    (headers.accept ?? '').toLowerCase().includes('text/html') &&
    !NOT_PAGES.test(url)
  );
}

function sendPage(reply: FastifyReply, html: string): void {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  reply
    .headers({
      'content-security-policy': policy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(html.replace('__NONCE__', nonce));
}

/** Allows the service's own resources only, and styles written by the page's own code. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
