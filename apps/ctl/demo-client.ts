import { randomUUID } from 'node:crypto';
import type { Role } from '#domain/kernel';
import type { Problem } from '../api/http/problem.ts';

/** The service refused; the problem says by which rule. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail}`);
  }
}

export interface Answer<Body> {
  readonly body: Body;
  readonly headers: Headers;
}

interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service, over plain HTTP. Reads show every write and read made through it before. */
export class Http {
  /** The Consistency-Token of the last answer, which every read sends. */
  private reflected: string | undefined;

  constructor(private readonly url: string) {}

  /** @throws RefusedError */
  async request<Body>(method: string, path: string, { body, headers = {} }: Sent): Promise<Answer<Body>> {
    const text = typeof body === 'string';
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: {
        ...(body !== undefined && !text && { 'content-type': 'application/json' }),
        ...(this.reflected && { 'consistency-token': this.reflected, prefer: 'wait=10' }),
        ...headers,
      },
      body: text || body === undefined ? body : JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new RefusedError(answer as Problem);
    // The answer to a repeated command has the token of the first one.
    if (!response.headers.has('idempotent-replayed')) {
      this.reflected = response.headers.get('consistency-token') ?? this.reflected;
    }
    return { body: answer as Body, headers: response.headers };
  }
}

/** A signed-in user. */
export class Person {
  private constructor(
    private readonly http: Http,
    private readonly token: string,
  ) {}

  /** The way a service in development mode allows. */
  static async signIn(http: Http, account: string, role: Role): Promise<Person> {
    const body = { account, roles: [role] };
    const answer = await http.request<{ token: string }>('POST', '/dev/sign-in', { body });
    return new Person(http, answer.body.token);
  }

  /** @throws RefusedError */
  async get<Body>(path: string): Promise<Body> {
    return (await this.send<Body>('GET', path)).body;
  }

  /** @throws RefusedError */
  async post<Body>(path: string, body: object = {}): Promise<Body> {
    return (await this.command<Body>(path, body, randomUUID())).body;
  }

  /** @throws RefusedError */
  async patch<Body>(path: string, body: object): Promise<Body> {
    return (await this.send<Body>('PATCH', path, { body, headers: { 'idempotency-key': randomUUID() } }))
      .body;
  }

  /** A write with an idempotency key: repeated, it gets the first answer. */
  command<Body>(path: string, body: object, idempotencyKey: string): Promise<Answer<Body>> {
    return this.send('POST', path, { body, headers: { 'idempotency-key': idempotencyKey } });
  }

  /** A file, as it is. */
  async upload<Body>(path: string, mediaType: string, content: string): Promise<Body> {
    return (await this.send<Body>('POST', path, { body: content, headers: { 'content-type': mediaType } }))
      .body;
  }

  /**
   * The problem of a request that must be refused.
   * @throws Error it was not refused
   */
  async refusal(method: 'GET' | 'POST', path: string, body?: object): Promise<Problem> {
    try {
      await this.send(method, path, { body });
    } catch (error) {
      if (error instanceof RefusedError) return error.problem;
      throw error;
    }
    throw new Error(`${method} ${path} should have been refused, but was accepted.`);
  }

  private send<Body>(method: string, path: string, { body, headers }: Sent = {}): Promise<Answer<Body>> {
    const signed = { authorization: `Bearer ${this.token}`, ...headers };
    return this.http.request(method, path, { body, headers: signed });
  }
}
