import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

const STREAMED = ['text/csv', 'application/x-ndjson'];
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/**
 * Which bodies are taken: JSON in UTF-8, of which nothing at all is no body; and files, which whoever takes them reads
 * as they come. None of them compressed.
 */
export function takeBodies(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) {
      done(null, undefined);
    } else if (!isUtf8(body)) {
      done(malformed('not-utf-8', 'The body is not valid UTF-8.'));
    } else {
      parseJson(request, body.toString(), (error, value) => {
        if (error) done(malformed('malformed-request', 'The body is not valid JSON.'));
        else done(null, value);
      });
    }
  });
  fastify.addContentTypeParser(STREAMED, (_request, body, done) => done(null, body));
  checkEach(fastify, (request, reply) => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) reply.header('accept-encoding', 'identity');
    return refusal;
  });
}

/** Why the body that a request announces is not taken. */
function refusalOf({ headers }: FastifyRequest): HttpProblem | undefined {
  const coding = headers['content-encoding'] ?? 'identity';
  if (coding.toLowerCase() !== 'identity') {
    return unsupported('Send the body without a Content-Encoding.');
  }
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset)) return unsupported('Send the body in UTF-8; no other charset is accepted.');
  return undefined;
}

function unsupported(detail: string): HttpProblem {
  return new HttpProblem(415, 'unsupported-media-type', detail);
}

function malformed(code: string, detail: string): HttpProblem {
  return new HttpProblem(400, code, detail);
}
