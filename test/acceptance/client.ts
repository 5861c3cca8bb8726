import { Consistency, createTransport, type Transport } from '#client';
import type { Role } from '#domain/kernel';
import { requestTo, type Sent } from '../../apps/ctl/request.ts';
import { description } from '../openapi/described.ts';

/** An HTTP response. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly body: Body & Record<string, any>;
}

type RequestHeaders = Readonly<Record<string, string>>;

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
    private readonly consistency: Consistency,
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

  /** Waits for its views: on a busy machine for longer than the service lets a read wait. */
  async get(path: string, headers: RequestHeaders = {}): Promise<Answer> {
    for (;;) {
      const answer = await this.exchange(this.transport, 'GET', path, { headers });
      if (answer.body.code !== 'view-behind') return answer;
    }
  }

  /** From now on reads show everything that has happened by now, whoever did it. */
  async catchUp(): Promise<void> {
    const { body } = await this.get('/v1/changes?cursor=now');
    this.consistency.record(body.nextCursor);
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
  request(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    return this.exchange((request) => this.openWith(request), method, path, sent);
  }

  /** The same, of which the body is yet to be read. */
  open(method: string, path: string, sent: Sent = {}): Promise<Response> {
    return this.openWith(requestTo(this.address.url, method, path, sent));
  }

  private async openWith(request: Request): Promise<Response> {
    if (this.token !== undefined && !request.headers.has('authorization')) {
      request.headers.set('authorization', `Bearer ${this.token}`);
    }
    const response = await fetch(request);
    if (response.ok && request.method !== 'GET') this.consistency.recordWrite(response.headers);
    return response;
  }

  private async exchange(transport: Transport, method: string, path: string, sent: Sent): Promise<Answer> {
    const response = await transport(requestTo(this.address.url, method, path, sent));
    const text = await response.text();
    if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
      return { status: response.status, headers: response.headers, body: { text } };
    }
    const answered = JSON.parse(text);
    description.check(method, path, response.status, answered);
    return { status: response.status, headers: response.headers, body: answered };
  }
}

/** Whether the service answers that it is ready. */
export async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  return answer?.ok ?? false;
}
