import { Consistency, createTransport, type Transport } from '#client';
import type { Role } from '#domain/kernel';
import { description } from '../openapi/described.ts';

/** An HTTP response. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: Body & Record<string, any>;
}

type RequestHeaders = Readonly<Record<string, string>>;

export interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: RequestHeaders;
  /** Aborts the request, and closes its connection. */
  readonly signal?: AbortSignal;
}

export { Consistency };

/** The URL of a service; each request may go to another one of several. */
export interface Address {
  readonly url: string;
}

/** A user of an account, with a token, over plain HTTP. */
export class Member {
  private readonly transport: Transport;

  constructor(
    private readonly address: Address,
    readonly account: string,
    readonly token: string | undefined,
    consistency: Consistency,
  ) {
    this.transport = createTransport({ token, consistency, retry: { attempts: 1 } });
  }

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

  get(path: string, headers: RequestHeaders = {}): Promise<Answer> {
    return this.exchange(this.transport, 'GET', path, { headers });
  }

  /** A write with an idempotency key of its own, unless `headers` has one. */
  post(path: string, body: unknown = {}, headers: RequestHeaders = {}): Promise<Answer> {
    return this.exchange(this.transport, 'POST', path, { body, headers });
  }

  patch(path: string, body: unknown, headers: RequestHeaders = {}): Promise<Answer> {
    return this.exchange(this.transport, 'PATCH', path, { body, headers });
  }

  /** Uploads a file of any type; later reads show it. */
  upload(path: string, body: string | Buffer, type: string, headers: RequestHeaders = {}): Promise<Answer> {
    return this.exchange(this.transport, 'POST', path, {
      body,
      headers: { 'content-type': type, ...headers },
    });
  }

  /** Sends any request unchanged, except for the bearer token. */
  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.exchange((request) => this.openWith(request), method, path, options);
  }

  /** The same, of which the body is yet to be read. */
  open(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    return this.openWith(this.requestFor(method, path, options));
  }

  private openWith(request: Request): Promise<Response> {
    if (this.token !== undefined && !request.headers.has('authorization')) {
      request.headers.set('authorization', `Bearer ${this.token}`);
    }
    return fetch(request);
  }

  private async exchange(
    transport: Transport,
    method: string,
    path: string,
    options: RequestOptions,
  ): Promise<Answer> {
    const response = await transport(this.requestFor(method, path, options));
    const text = await response.text();
    if (!response.headers.get('content-type')?.includes('json')) {
      return { status: response.status, headers: response.headers, body: { text } };
    }
    const answered = JSON.parse(text);
    description.check(method, path, response.status, answered);
    return { status: response.status, headers: response.headers, body: answered };
  }

  private requestFor(method: string, path: string, { body, headers, signal }: RequestOptions): Request {
    return new Request(new URL(path, this.address.url), {
      method,
      signal,
      headers: {
        ...(body !== undefined && !isText(body) && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || isText(body) ? body : JSON.stringify(body),
    });
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
