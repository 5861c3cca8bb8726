import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { checkEach } from './checks.ts';
import { HttpProblem } from './problem.ts';

const STREAMED = ['text/csv', 'application/x-ndjson'];
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/** The injection token of the reader. */
export const JSON_READER = Symbol('JsonReader');

/** Reads a body, of which nothing at all is none: `undefined`. Throws an `HttpProblem` 400 where it is no JSON in UTF-8. */
export type JsonReader = (body: Buffer) => unknown;

/** Reads bodies as the server does, with what it refuses in names of members. */
export function jsonReader(fastify: FastifyInstance): JsonReader {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  return (body) => {
    if (body.length === 0) return undefined;
    if (!isUtf8(body)) throw malformed('not-utf-8', 'The body is not valid UTF-8.');
    let read: unknown;
    parse(undefined as never, body.toString(), (error, value) => {
      if (error) throw malformed('malformed-request', 'The body is not valid JSON.');
      read = value;
    });
    return read;
  };
}

/**
 * Registers the accepted bodies: JSON, and files, which their routes read as streams. None of them compressed.
 */
export function takeBodies(fastify: FastifyInstance, readJson: JsonReader): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    try {
      done(null, readJson(body));
    } catch (error) {
      done(error as HttpProblem);
    }
  });
  fastify.addContentTypeParser(STREAMED, (_request, body, done) => done(null, body));
  checkEach(fastify, (request, reply) => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) reply.header('accept-encoding', 'identity');
    return refusal;
  });
}

/** Why the body that a request announces is not accepted. */
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
