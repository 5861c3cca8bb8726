import { randomUUID } from 'node:crypto';
import type { Role } from '#domain/kernel';
import { description } from '../openapi/described.ts';

/** An HTTP response. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: Body & Record<string, any>;
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the request, and closes its connection. */
  readonly signal?: AbortSignal;
}

/** The position of the latest write by any member; later reads of views wait for it. */
export class Consistency {
  private token = '';

  recordWrite(headers: Headers): void {
    const token = headers.get('consistency-token') ?? '';
    if (isNewer(token, this.token)) this.token = token;
  }

  get headers(): Record<string, string> {
    return this.token === '' ? {} : { 'consistency-token': this.token, prefer: 'wait=10' };
  }
}

/**
 * Answers to concurrent requests arrive in any order: unlike other clients, this one compares the positions in
 * tokens.
 */
function isNewer(token: string, other: string): boolean {
  return token.length === other.length ? token > other : token.length > other.length;
}

/** The URL of a service; each request may go to another one of several. */
export interface Address {
  readonly url: string;
}

/** A user of an account, with a token, over plain HTTP. */
export class Member {
  constructor(
    private readonly address: Address,
    readonly account: string,
    readonly token: string | undefined,
    private readonly consistency: Consistency,
  ) {}

  /** Signs in with the development sign-in. */
  static async signIn(
    address: Address,
    account: string,
    roles: readonly Role[],
    consistency: Consistency,
  ): Promise<Member> {
    const answer = await new Member(address, account, undefined, consistency).post('/dev/sign-in', {
      account,
      roles,
    });
    return new Member(address, account, answer.body.token, consistency);
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('GET', path, { headers: { ...this.consistency.headers, ...headers } });
  }

  /** A write with an idempotency key of its own, unless `headers` has one. */
  async post(
    path: string,
    body: unknown = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.write('POST', path, body, headers);
  }

  async patch(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.write('PATCH', path, body, headers);
  }

  /** Uploads a file of any type; later reads show it. */
  async upload(
    path: string,
    body: string | Buffer,
    type: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    return this.noted(this.request('POST', path, { body, headers: { 'content-type': type, ...headers } }));
  }

  /** Sends any request unchanged, except for the bearer token. */
  async request(
    method: string,
    path: string,
    { body, headers = {}, signal }: RequestOptions = {},
  ): Promise<Answer> {
    const response = await this.open(method, path, { body, headers, signal });
    const text = await response.text();
    if (!response.headers.get('content-type')?.includes('json')) {
      return { status: response.status, headers: response.headers, body: { text } };
    }
    const answered = JSON.parse(text);
    description.check(method, path, response.status, answered);
    return { status: response.status, headers: response.headers, body: answered };
  }

  /** The same, of which the body is yet to be read. */
  open(method: string, path: string, { body, headers = {}, signal }: RequestOptions = {}): Promise<Response> {
    return fetch(new URL(path, this.address.url), {
      method,
      signal,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && !isText(body) && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || isText(body) ? body : JSON.stringify(body),
    });
  }

  private async write(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>>,
  ) {
    const added = { 'idempotency-key': randomUUID(), ...this.consistency.headers };
    return this.noted(this.request(method, path, { body, headers: { ...added, ...headers } }));
  }

  private async noted(answering: Promise<Answer>): Promise<Answer> {
    const answer = await answering;
    if (answer.status < 300) this.consistency.recordWrite(answer.headers);
    return answer;
  }
}

/** Whether the service answers that it is ready. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Bodies that are not JSON. */
function isText(body: unknown): body is string | Buffer<ArrayBuffer> {
  return typeof body === 'string' || Buffer.isBuffer(body);
}
