import type { Agent, request } from 'undici';
import { AddressRefused, publicLookup, refusalOfUrl } from './address.ts';
import type { DeliveryError } from './deliveries/index.ts';
import type { ReceiverAnswer, Sender, SentRequest } from './sender.ts';

export interface HttpSenderOptions {
  /** For development and tests: any address, without encryption too. */
  readonly allowPrivate: boolean;
  readonly connectTimeoutMs?: number;
  /** From the beginning to the answer's headers. */
  readonly timeoutMs?: number;
  /** How names are looked up; by the system where absent. */
  readonly lookup?: Parameters<typeof publicLookup>[0];
}

const CONNECT_TIMEOUT_MS = 5_000;
const TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 10_000;
/** How much of an answer is read so that its connection can be reused; a longer one closes it. */
const READ_BYTES = 16 * 1024;

/** Sends over HTTP. Redirections are not followed, and connections are made to addresses that were checked. */
export class HttpSender implements Sender {
  readonly #allowPrivate: boolean;
  readonly #timeoutMs: number;
  readonly #open: () => Promise<Client>;
  #client: Promise<Client> | undefined;

  constructor(options: HttpSenderOptions) {
    this.#allowPrivate = options.allowPrivate;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#open = () => openClient(options);
  }

  async send({ url, headers, body, signal }: SentRequest): Promise<ReceiverAnswer> {
    // A literal address is never looked up.
    if (refusalOfUrl(url, this.#allowPrivate) !== undefined) return { error: 'address-refused' };
    this.#client ??= this.#open();
    const { agent, request } = await this.#client;
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    try {
      const answer = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: agent,
        signal: AbortSignal.any([signal, timeout]),
      });
      // Only the status counts: the body is not waited for.
      answer.body.dump({ limit: READ_BYTES, signal: timeout }).catch(() => undefined);
      const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
      return { status: answer.statusCode, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    } catch (error) {
      signal.throwIfAborted();
      return { error: timeout.aborted ? 'timed-out' : errorOf(error) };
    }
  }

  async close(): Promise<void> {
    await (await this.#client)?.agent.destroy();
  }
}

interface Client {
  readonly agent: Agent;
  readonly request: typeof request;
}

/** Loads the library at the first request: most workers start without it. */
async function openClient({
  allowPrivate,
  lookup,
  connectTimeoutMs = CONNECT_TIMEOUT_MS,
  timeoutMs = TIMEOUT_MS,
}: HttpSenderOptions): Promise<Client> {
  const { Agent, request } = await import('undici');
  const agent = new Agent({
    // The callers bound how many requests run at once, for each webhook by itself.
    connections: null,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: READ_BYTES,
    connect: {
      timeout: connectTimeoutMs,
      ...(allowPrivate ? {} : { lookup: publicLookup(lookup) }),
    },
  });
  return { agent, request };
}

/** Given in seconds; a date is ignored. */
function retryAfterOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : undefined;
}

const TIMEOUTS = ['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT'];

function errorOf(error: unknown): DeliveryError {
  if (error instanceof AddressRefused) return 'address-refused';
  const { code = '', cause } = error as { readonly code?: string; readonly cause?: unknown };
  if (cause instanceof AddressRefused) return 'address-refused';
  if (TIMEOUTS.includes(code)) return 'timed-out';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-not-found';
  if (/CERT|SELF_SIGNED|UNABLE_TO|TLS/.test(code)) return 'certificate-invalid';
  return 'connection-failed';
}
