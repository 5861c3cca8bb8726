import { createParser } from 'eventsource-parser';
import { problemOf } from './problem.ts';
import { DEFAULT_RETRY, delayAfter, mayTryAgain, pause } from './retry.ts';
import type { components } from './schema.ts';
import { isNetworkError, type Transport } from './transport.ts';

/** Something that happened, as far as the reader may know of it. */
export type Change = components['schemas']['ChangeView'];
export type ChangeType = Change['type'];

/** A change, and the cursor with which a later call goes on after it. */
export interface FollowedChange {
  readonly change: Change;
  readonly cursor: string;
}

export interface FollowOptions {
  /** Where to begin: after a cursor, or `now`; with the first change there is unless given. */
  readonly cursor?: string;
  /** Only changes of these types. */
  readonly types?: readonly ChangeType[];
  /** Only what is about the thing of this id. */
  readonly subject?: string;
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
}

/** A service sends something every 15 seconds; a connection that has been silent for so long is dead. Milliseconds. */
const LONGEST_SILENCE = 45_000;

/**
 * Follows changes without an end, over as many connections as it takes: none is left out, and none comes twice. No
 * more is read while a change is handled.
 * @throws ProblemError the service refuses
 * @throws whatever the token cannot be had for; SyntaxError what came is no change
 */
export async function* followChanges(
  url: string,
  transport: Transport,
  { cursor, types, subject, signal }: FollowOptions,
): AsyncGenerator<FollowedChange, void, undefined> {
  let last: string | undefined;
  /** The last answer, where the service could not take the request. */
  let unavailable: Response | undefined;
  for (let failures = 0; !signal?.aborted; failures += 1) {
    if (failures > 0) {
      const delay = delayAfter(failures, DEFAULT_RETRY, unavailable, Math.random());
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
      unavailable = mayTryAgain(response) ? response : undefined;
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
      const brokeOff = connection.signal.aborted || isNetworkError(error);
      // The next connection goes on after the last change that was handled.
      if (!brokeOff) throw error;
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

/** What came at once: changes, and the cursor to go on after once they are handled. */
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
  // The request is sent as a copy, which its signal does not reach any more once the garbage is collected.
  connection.signal.addEventListener('abort', () => reader?.cancel().catch(() => undefined), { once: true });
  while (reader !== undefined) {
    const silent = setTimeout(() => connection.abort(), LONGEST_SILENCE);
    const { done, value } = await reader.read().finally(() => clearTimeout(silent));
    if (done) return;
    parser.feed(value);
    yield { changes, next };
    changes = [];
  }
}
