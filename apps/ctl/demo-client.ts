import { Consistency, createTransport, type Problem, ProblemError, problemOf, type Transport } from '#client';
import type { Role } from '#domain/kernel';
import { requestTo, type Sent } from './request.ts';

export interface Answer<Body> {
  readonly body: Body;
  readonly headers: Headers;
}

/** The service. What anybody wrote through it, everybody reads from then on. */
export class Http {
  private readonly consistency = new Consistency();
  private readonly unsigned = this.transportFor();

  constructor(private readonly url: string) {}

  /** What sends the requests of whoever has the token. */
  transportFor(token?: string): Transport {
    return createTransport({ token, consistency: this.consistency });
  }

  /** @throws ProblemError */
  async request<Body>(
    method: string,
    path: string,
    sent: Sent,
    transport = this.unsigned,
  ): Promise<Answer<Body>> {
    const response = await transport(requestTo(this.url, method, path, sent));
    const answer = await response.json();
    if (!response.ok) throw problemOf(response, answer);
    return { body: answer as Body, headers: response.headers };
  }
}

/** A signed-in user. */
export class Person {
  private readonly transport: Transport;

  private constructor(
    private readonly http: Http,
    token: string,
  ) {
    this.transport = http.transportFor(token);
  }

  /** The way a service in development mode allows. */
  static async signIn(http: Http, account: string, role: Role): Promise<Person> {
    const body = { account, roles: [role] };
    const answer = await http.request<{ token: string }>('POST', '/dev/sign-in', { body });
    return new Person(http, answer.body.token);
  }

  /** @throws ProblemError */
  async get<Body>(path: string): Promise<Body> {
    return (await this.send<Body>('GET', path)).body;
  }

  /** @throws ProblemError */
  async post<Body>(path: string, body: object = {}): Promise<Body> {
    return (await this.send<Body>('POST', path, { body })).body;
  }

  /** @throws ProblemError */
  async patch<Body>(path: string, body: object): Promise<Body> {
    return (await this.send<Body>('PATCH', path, { body })).body;
  }

  /** A write under a key of the caller's: sent again, it is answered as the first time. */
  command<Body>(path: string, body: object, idempotencyKey: string): Promise<Answer<Body>> {
    return this.send('POST', path, { body, headers: { 'idempotency-key': idempotencyKey } });
  }

  /** A file, as it is. */
  async upload<Body>(path: string, mediaType: string, content: string): Promise<Body> {
    return (await this.send<Body>('POST', path, { body: content, headers: { 'content-type': mediaType } }))
      .body;
  }

  /**
   * What a request that must be refused is refused with.
   * @throws Error it was not refused
   */
  async refusal(method: 'GET' | 'POST', path: string, body?: object): Promise<Problem> {
    try {
      await this.send(method, path, { body });
    } catch (error) {
      if (error instanceof ProblemError) return error.problem;
      throw error;
    }
    throw new Error(`${method} ${path} was to be refused, and was not.`);
  }

  private send<Body>(method: string, path: string, sent: Sent = {}): Promise<Answer<Body>> {
    return this.http.request(method, path, sent, this.transport);
  }
}
