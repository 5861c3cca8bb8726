import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '#domain/kernel';
import { type Answer, Consistency, Member, type RequestOptions } from '../../acceptance/client.ts';

const BETWEEN_TRIES_MS = 20;
const MOST_TRIES = 1_000;
/** Who has waited for so long hangs up and asks again, maybe somebody else; what was asked may still be done. */
const PATIENCE_MS = 15_000;

/** Where whoever serves at the moment is to be found. */
export interface Reachable {
  /** A base URL; each time maybe another one. */
  url(): Promise<string>;
}

/** A client that asks until it is answered, whatever befalls the service meanwhile; it reads its own writes. */
export class PatientClient {
  private readonly consistency = new Consistency();

  private constructor(
    private readonly service: Reachable,
    private readonly token: string | undefined,
  ) {}

  static async signIn(service: Reachable, account: string, roles: readonly Role[]): Promise<PatientClient> {
    const { body } = await new PatientClient(service, undefined).ask('POST', '/dev/sign-in', {
      body: { account, roles },
    });
    return new PatientClient(service, body.token);
  }

  /**
   * The answer to a request that is the same however often it is sent, and how often it was.
   * @throws Error it was refused: nothing that is asked for here may be
   */
  async ask(
    method: string,
    path: string,
    options?: RequestOptions,
  ): Promise<Answer & { readonly tries: number }> {
    for (let tries = 1; tries < MOST_TRIES; tries++) {
      const answer = await this.attempt(method, path, options).catch(() => undefined);
      if (answer && answer.status < 300) return { ...answer, tries };
      if (answer && answer.status !== 503) {
        throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      await pause(BETWEEN_TRIES_MS);
    }
    throw new Error(`${method} ${path} was never answered.`);
  }

  private async attempt(
    method: string,
    path: string,
    { body, headers }: RequestOptions = {},
  ): Promise<Answer> {
    const member = new Member({ url: await this.service.url() }, '', this.token, this.consistency);
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const options = { body, headers: { ...this.consistency.headers, ...headers }, signal };
    const answer = await member.request(method, path, options);
    if (method !== 'GET') this.consistency.note(answer.headers);
    return answer;
  }
}
