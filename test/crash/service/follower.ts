import { setTimeout as pause } from 'node:timers/promises';
import { type components, Tessera } from '#client';
import { type Reachable, RetryingClient } from './retrying-client.ts';

type ChangeList = components['schemas']['ChangeList'];

const POLL_INTERVAL_MS = 20;

/** A listener of the client that receives all changes, however often the service is killed. */
export class Follower {
  readonly #tessera: Tessera;
  readonly #received: string[] = [];
  readonly #ending = new AbortController();
  readonly #following: Promise<void>;

  private constructor(tessera: Tessera) {
    this.#tessera = tessera;
    this.#following = this.#follow();
    // Reported by `end`.
    this.#following.catch(() => undefined);
  }

  static async begin(service: Reachable): Promise<Follower> {
    const { token } = await RetryingClient.signIn(service, '', ['service']);
    // A service that is started again listens on another port.
    const fetchThere = async (request: Request) => {
      const { pathname, search } = new URL(request.url);
      return fetch(new Request(new URL(pathname + search, await service.url()), request));
    };
    return new Follower(new Tessera({ url: 'http://service', token, fetch: fetchThere }));
  }

  /** The ids of the received changes, in order, once `last` was received or the stream has ended. */
  async toldUpTo(last: string): Promise<readonly string[]> {
    while (this.#received.at(-1) !== last && !this.#ending.signal.aborted) await pause(POLL_INTERVAL_MS);
    return this.#received;
  }

  /** The ids of all changes there are, in order, as pages from the beginning give them. */
  async listed(): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { cursor, pageSize: 200 };
      const page = (await this.#tessera.get('/v1/changes', { params: { query } })) as ChangeList;
      if (page.items.length === 0) return ids;
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
  }

  /** @throws Error it was refused */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.#following;
  }

  async #follow(): Promise<void> {
    try {
      for await (const { change } of this.#tessera.changes({ signal: this.#ending.signal })) {
        this.#received.push(change.id);
      }
    } finally {
      this.#ending.abort();
    }
  }
}
