import { createParser } from 'eventsource-parser';
import { problemOf } from './problem.ts';
import { DEFAULT_RETRY, isRetryable, pause, retryDelay } from './retry.ts';
import type { components } from './schema.ts';
import { isNetworkError, type Transport } from './transport.ts';

/** Something that happened, as far as the reader may see it. */
export type Change = components['schemas']['ChangeView'];
export type ChangeType = Change['type'];

/** A change, and the cursor with which a later call continues after it. */
export interface FollowedChange {
  readonly change: Change;
  readonly cursor: string;
}

export interface FollowOptions {
  /** Where to start: after a cursor, or `now`; with the first change by default. */
  readonly cursor?: string;
  /** Only changes of these types. */
  readonly types?: readonly ChangeType[];
  /** Only changes of the thing with this id. */
  readonly subject?: string;
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
}

/** In milliseconds: a service sends something every 15 seconds, so that a connection silent for so long is broken. */
const MAX_SILENCE_MS = 45_000;

/**
 * Follows changes without an end, reconnecting as needed: none is left out, and none comes twice. No
 * more is read while a change is handled.
 * @throws ProblemError the service refuses
 * @throws the error of the token's provider; SyntaxError the service sent something that is not a change
 */
export async function* followChanges(
  url: string,
  transport: Transport,
  { cursor, types, subject, signal }: FollowOptions,
): AsyncGenerator<FollowedChange, void, undefined> {
  let last: string | undefined;
  /** The last answer, where the service was unavailable. */
  let unavailable: Response | undefined;
  for (let failures = 0; !signal?.aborted; failures += 1) {
    if (failures > 0) {
      const delay = retryDelay(failures, DEFAULT_RETRY, unavailable, Math.random());
      await pause(delay, signal).catch(() => undefined);
      if (signal?.aborted) return;
    }
    const connection = new AbortController();
    const end = () => connection.abort(signal?.reason);
    const query = { cursor: last === undefined ? cursor : undefined, types: types?.join(','), subject };
    const request = streamRequest(url, query, last, connection.signal);
    signal?.addEventListener('abort', end, { once: true });
    try {
      const response = await transport(request);
      unavailable = isRetryable(response) ? response : undefined;
      if (unavailable) continue;
      if (!response.ok) throw problemOf(response, await bodyOf(response));
      for await (const { changes, next } of messagesOf(response, connection)) {
        for (const followed of changes) {
          last = followed.cursor;
          yield followed;
        }
        last = next ?? last;
        failures = 0;
      }
    } catch (error) {
      const isDisconnected = connection.signal.aborted || isNetworkError(error);
      // The next connection continues after the last change that was handled.
      if (!isDisconnected) throw error;
    } finally {
      signal?.removeEventListener('abort', end);
      connection.abort();
    }
  }
}

function streamRequest(
  url: string,
  query: Readonly<Record<string, string | undefined>>,
  last: string | undefined,
  signal: AbortSignal,
): Request {
  const address = new URL('/v1/changes', url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, value);
  }
  const headers = { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': last }) };
  return new Request(address, { headers, signal });
}

async function bodyOf(response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type')?.includes('json');
  return isJson ? response.json() : response.text();
}

/** Changes that arrived together, and the cursor to continue after them. */
interface Received {
  readonly changes: readonly FollowedChange[];
  readonly next: string | undefined;
}

/** The connection is ended when it is silent for too long. */
async function* messagesOf(
  { body }: Response,
  connection: AbortController,
): AsyncGenerator<Received, void, undefined> {
  let changes: FollowedChange[] = [];
  let next: string | undefined;
  const parser = createParser({
    onEvent: ({ id = '', data }) => changes.push({ change: JSON.parse(data), cursor: id }),
    onId: (id) => {
      next = id;
    },
  });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  // The request is sent as a copy, which loses its signal when the original is garbage-collected.
  connection.signal.addEventListener('abort', () => reader?.cancel().catch(() => undefined), { once: true });
  while (reader !== undefined) {
    const silent = setTimeout(() => connection.abort(), MAX_SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(silent));
    if (done) return;
    parser.feed(value);
    yield { changes, next };
    changes = [];
  }
}
