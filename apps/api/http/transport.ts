import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { checkEach } from './checks.ts';
import { answerTo, sendProblem } from './problem.filter.ts';
import { HttpProblem } from './problem.ts';

/** The largest request body. */
export const BODY_BYTES = 1024 * 1024;

/** A whole upload may take as long, a request's headers less. */
const REQUEST_TIMEOUT_MS = 300_000;
const HEADERS_TIMEOUT_MS = 30_000;

/** An id that is none is not found, however long it is; the limit of headers bounds it. */
const PARAMETER_LENGTH = 16_384;

/** A target that names a server and a path; the router would also take others for paths, such as `*v1`. */
const ABSOLUTE = /^https?:\/\/[^/?]+\//i;

/** Options of the HTTP server, so that requests that reach no route are answered with a problem, too. */
export const transport = {
  bodyLimit: BODY_BYTES,
  routerOptions: { maxParamLength: PARAMETER_LENGTH },
  requestTimeout: REQUEST_TIMEOUT_MS,
  http: {
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Checked by `checkHost`: Node's own answer has no body.
    requireHostHeader: false,
    // Otherwise Node takes the first of a repeated header, unnoticed; no header of ours has a comma in its value.
    joinDuplicateHeaders: true,
  },
  // Answered by `closing.ts`: Fastify's own answer is not a problem document.
  return503OnClosing: false,
  forceCloseConnections: 'idle',
  frameworkErrors: (error: Error, _request: unknown, reply: unknown) =>
    sendProblem(reply as FastifyReply, error),
  clientErrorHandler: answerClientError,
} as const;

/** Answers requests that the HTTP server would refuse without a body. */
export function checkRequests(fastify: FastifyInstance): void {
  fastify.server.on('checkExpectation', (request, response) => refuseExpectation(request, response));
  checkEach(fastify, ({ is404, raw: { url = '' } }) =>
    url.startsWith('/') || is404 || (ABSOLUTE.test(url) && URL.canParse(url)) ? undefined : notFound(),
  );
  checkEach(fastify, ({ raw }) => {
    const { host } = raw.headers;
    const isMissing = host === undefined && raw.httpVersion !== '1.0';
    return isMissing || host?.includes(',')
      ? new HttpProblem(400, 'invalid-host', 'A request has exactly one Host header.')
      : undefined;
  });
}

function notFound(): HttpProblem {
  return new HttpProblem(404, 'not-found', 'There is nothing here.');
}

function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  const { status, body } = written(
    new HttpProblem(417, 'expectation-failed', 'Expect may only be 100-continue.'),
  );
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  response.writeHead(status, headers).end(body);
}

/** Input that could not be parsed as a request; the rest of that connection cannot be either. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const { status, body } = written(unreadable(error.code));
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
        'Content-Type: application/problem+json\r\n' +
        `Content-Length: ${Buffer.byteLength(body)}\r\n` +
        `Connection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}

function unreadable(code: string | undefined): HttpProblem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new HttpProblem(408, 'request-timeout', 'The request did not arrive in time.');
    case 'HPE_HEADER_OVERFLOW':
      return new HttpProblem(
        431,
        'headers-too-large',
        'The URL and the headers have at most 16 KiB together.',
      );
    default:
      return new HttpProblem(400, 'malformed-http', 'The request is not valid HTTP.');
  }
}

function written(problem: HttpProblem): { readonly status: number; readonly body: string } {
  return { status: problem.status, body: JSON.stringify(answerTo(problem).problem) };
}
