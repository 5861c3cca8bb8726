import { v7 as newId } from 'uuid';
import { Consistency } from './consistency.ts';
import { DEFAULT_RETRY, isRetryable, pause, type RetryOptions, retryDelay } from './retry.ts';

export interface TransportOptions {
  /** The bearer token, or a function that returns the current one, called before each attempt. */
  readonly token?: string | (() => string | Promise<string>);
  readonly retry?: Partial<RetryOptions>;
  /** Shared by clients that must see each other's writes. */
  readonly consistency?: Consistency;
  /** How many seconds a read may wait for a view to reflect the writes before it; at most 10. */
  readonly waitSeconds?: number;
  /** The standard one unless given. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Sends a request and returns the answer, whatever its status. */
export type Transport = (request: Request) => Promise<Response>;

/**
 * A `fetch` that authenticates requests, gives each write an id by which it takes effect once however often it is sent,
 * lets reads reflect the writes before them, and retries while the service is unavailable.
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const { consistency = new Consistency(), waitSeconds = 10 } = options;
  const retry = { ...DEFAULT_RETRY, ...options.retry };
  const send = options.fetch ?? ((request) => fetch(request));

  return async (request) => {
    if (isWrite(request)) setMissing(request.headers, 'idempotency-key', newId());
    for (const [name, value] of Object.entries(consistency.headers(waitSeconds))) {
      setMissing(request.headers, name, value);
    }
    const response = await attempts(request);
    // The answer to a repeated command is as old as the command.
    if (response.ok && isWrite(request) && !response.headers.has('idempotent-replayed')) {
      consistency.recordWrite(response.headers);
    }
    return response;
  };

  async function attempts(request: Request): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= retry.attempts;
      const answer = await attemptOnce(request, last);
      if (answer?.ok || (answer && (last || !isRetryable(answer)))) return answer;
      await answer?.body?.cancel();
      await pause(retryDelay(attempt, retry, answer, Math.random()), request.signal);
    }
  }

  /** `undefined`: there was no answer, and it may be tried again. */
  async function attemptOnce(request: Request, last: boolean): Promise<Response | undefined> {
    await signIn(request.headers);
    try {
      return await send(last ? request : request.clone());
    } catch (error) {
      if (last || request.signal.aborted || !isNetworkError(error)) throw error;
      return undefined;
    }
  }

  async function signIn(headers: Headers): Promise<void> {
    const token = typeof options.token === 'function' ? await options.token() : options.token;
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  }
}

function isWrite({ method }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function setMissing(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}

/** The error of `fetch` without a connection, or when it is lost. */
export function isNetworkError(error: unknown): boolean {
  // By name, because the `fetch` of another realm throws a TypeError of that realm.
  return (error as Partial<Error> | null)?.name === 'TypeError';
}
