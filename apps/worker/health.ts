import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { NotOwnerHere } from '#subscriptions';
import type { WorkerStatus } from './worker.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** A worker as whoever looks after it knows it, in this thread or in another one. */
export interface Tended {
  status(): Promise<WorkerStatus>;
  /** @throws NotOwnerHere */
  redrive(process: string, key: string): boolean | Promise<boolean>;
}

/**
 * How the worker is, for whoever looks after it: `GET /health/live`, `GET /health/ready`, `GET /status`; and
 * `POST /redrive {process, key}` drives stuck work anew, at the worker that owns the processes. Nothing of the business.
 */
export function healthServer(worker: Tended): Server {
  return createServer((request, response) => {
    const answer = ({ status, body }: Reply) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    // A store that cannot be asked says enough of how the worker is.
    reply(worker, request).then(answer, () => answer({ status: 503, body: { code: 'unavailable' } }));
  });
}

async function reply(worker: Tended, request: IncomingMessage): Promise<Reply> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /health/live':
      return { status: 200, body: { live: true } };
    case 'GET /health/ready': {
      const { ready } = await worker.status();
      return { status: ready ? 200 : 503, body: { ready } };
    }
    case 'GET /status':
      return { status: 200, body: await worker.status() };
    case 'POST /redrive':
      return redrive(worker, request);
    default:
      return { status: 404, body: { code: 'not-found' } };
  }
}

async function redrive(worker: Tended, request: IncomingMessage): Promise<Reply> {
  const asked = (await json(request).catch(() => undefined)) as
    | { readonly process?: unknown; readonly key?: unknown }
    | undefined;
  if (typeof asked?.process !== 'string' || typeof asked.key !== 'string') {
    return { status: 400, body: { code: 'process-and-key-required' } };
  }
  try {
    return (await worker.redrive(asked.process, asked.key))
      ? { status: 202, body: { driven: true } }
      : { status: 404, body: { code: 'not-found' } };
  } catch (error) {
    if (!(error instanceof NotOwnerHere)) throw error;
    return { status: 409, body: { code: 'not-owner-here' } };
  }
}
