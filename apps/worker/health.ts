import { createServer, type IncomingMessage, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { NotOwnerHere, type ParkedStream } from '#subscriptions';
import type { MetricsAccess } from '../metrics/access.ts';
import { METRICS_TYPE } from '../metrics/registry.ts';
import { followers, type WorkerStatus } from './worker.ts';

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** The metrics of a worker that has a process of its own. */
export interface WorkerMonitoring {
  readonly access: MetricsAccess;
  /** All metrics as of now. */
  text(): Promise<string>;
}

/** A worker as its health endpoints need it, in this thread or in another one. */
export interface MonitoredWorker {
  status(): Promise<WorkerStatus>;
  /** @throws NotOwnerHere */
  redrive(process: string, key: string): Promise<boolean>;
  parked(follower: string): Promise<readonly ParkedStream[]>;
  /** @throws NotOwnerHere */
  retryParked(follower: string, stream: string): Promise<boolean>;
}

/**
 * The worker's health, for operators: `GET /health/live`, `GET /health/ready`, `GET /status`, `GET /parked`, and
 * `GET /metrics` where it has metrics of its own.
 * Operations: `POST /redrive {process, key}` retries stuck work, `POST /retry {follower, stream}` tries a
 * parked stream again, each at the worker that owns it. No business data.
 */
export function healthServer(worker: MonitoredWorker, monitoring?: WorkerMonitoring): Server {
  return createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/metrics') {
      const allowed = monitoring?.access.allows(request.headers.authorization) ? monitoring : undefined;
      const end = (status: number, text = '') =>
        response.writeHead(status, { 'content-type': METRICS_TYPE }).end(text);
      if (allowed === undefined) end(404);
      else
        allowed.text().then(
          (text) => end(200, text),
          () => end(503),
        );
      return;
    }
    const answer = ({ status, body }: Reply) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    // A store that does not answer means that the worker is not ready.
    reply(worker, request).then(answer, () => answer({ status: 503, body: { code: 'unavailable' } }));
  });
}

async function reply(worker: MonitoredWorker, request: IncomingMessage): Promise<Reply> {
  switch (`${request.method} ${request.url}`) {
    case 'GET /health/live':
      return { status: 200, body: { live: true } };
    case 'GET /health/ready': {
      const { ready } = await worker.status();
      return { status: ready ? 200 : 503, body: { ready } };
    }
    case 'GET /status':
      return { status: 200, body: await worker.status() };
    case 'GET /parked': {
      const parked = await Promise.all(followers.map((follower) => worker.parked(follower)));
      return { status: 200, body: { items: parked.flat() } };
    }
    case 'POST /redrive': {
      const [process, key] = await textsOf(request, 'process', 'key');
      if (process === undefined || key === undefined) return wanting('process-and-key-required');
      return ofOwner(async () =>
        (await worker.redrive(process, key)) ? { status: 202, body: { driven: true } } : NOT_FOUND,
      );
    }
    case 'POST /retry': {
      const [follower, stream] = await textsOf(request, 'follower', 'stream');
      if (follower === undefined || stream === undefined) return wanting('follower-and-stream-required');
      if (!followers.includes(follower)) return NOT_FOUND;
      return ofOwner(async () =>
        (await worker.retryParked(follower, stream))
          ? { status: 200, body: { parked: false } }
          : { status: 409, body: { code: 'still-parked' } },
      );
    }
    default:
      return NOT_FOUND;
  }
}

const NOT_FOUND: Reply = { status: 404, body: { code: 'not-found' } };

function wanting(code: string): Reply {
  return { status: 400, body: { code } };
}

/** The fields of the body with these names, if they are text. */
async function textsOf(
  request: IncomingMessage,
  ...names: readonly string[]
): Promise<(string | undefined)[]> {
  const body = (await json(request).catch(() => undefined)) as
    | Readonly<Record<string, unknown>>
    | null
    | undefined;
  return names.map((name) => {
    const value = body?.[name];
    return typeof value === 'string' ? value : undefined;
  });
}

async function ofOwner(operation: () => Promise<Reply>): Promise<Reply> {
  try {
    return await operation();
  } catch (error) {
    if (!(error instanceof NotOwnerHere)) throw error;
    return { status: 409, body: { code: 'not-owner-here' } };
  }
}
