import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '#domain/kernel';
import type { Sent } from '../../../apps/ctl/request.ts';
import { type Answer, Consistency, Member } from '../../acceptance/client.ts';

const RETRY_INTERVAL_MS = 20;
const MAX_ATTEMPTS = 1_000;
/** After this time a request is given up and repeated, maybe at another service; it may still take effect. */
const TIMEOUT_MS = 15_000;

/** Gives the address of a service that runs now. */
export interface Reachable {
  /** A base URL; it may differ with each call. */
  url(): Promise<string>;
}

/** A client that repeats a request until it is answered, and reads its own writes. */
export class RetryingClient {
  private readonly consistency = new Consistency();

  private constructor(
    private readonly service: Reachable,
    readonly token: string | undefined,
  ) {}

  static async signIn(service: Reachable, account: string, roles: readonly Role[]): Promise<RetryingClient> {
    const { body } = await new RetryingClient(service, undefined).ask('POST', '/dev/sign-in', {
      body: { account, roles },
    });
    return new RetryingClient(service, body.token);
  }

  /**
   * Sends an idempotent request until it is answered; gives the answer and the number of attempts.
   * @throws Error it was refused
   */
  async ask(method: string, path: string, sent?: Sent): Promise<Answer & { readonly tries: number }> {
    for (let tries = 1; tries < MAX_ATTEMPTS; tries++) {
      const answer = await this.attempt(method, path, sent).catch(() => undefined);
      if (answer && answer.status < 300) return { ...answer, tries };
      if (answer && answer.status !== 503) {
        throw new Error(`${method} ${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      await pause(RETRY_INTERVAL_MS);
    }
    throw new Error(`${method} ${path} was not answered.`);
  }

  private async attempt(method: string, path: string, { body, headers }: Sent = {}): Promise<Answer> {
    const member = new Member({ url: await this.service.url() }, '', this.token, this.consistency);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const options = { body, headers: { ...this.consistency.headers(), ...headers }, signal };
    const answer = await member.request(method, path, options);
    if (method !== 'GET') this.consistency.recordWrite(answer.headers);
    return answer;
  }
}
