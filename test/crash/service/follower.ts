import { setTimeout as pause } from 'node:timers/promises';
import { type components, Tessera } from '#client';
import { type Reachable, RetryingClient } from './retrying-client.ts';

type ChangeList = components['schemas']['ChangeList'];

const POLL_INTERVAL_MS = 20;

/** A service that is told all changes by the client, however often what it listens to is killed. */
export class Follower {
  readonly #tessera: Tessera;
  readonly #told: string[] = [];
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

  /** The ids of the changes it was told, in order, once it was told `last`, or is told no more. */
  async toldUpTo(last: string): Promise<readonly string[]> {
    while (this.#told.at(-1) !== last && !this.#ending.signal.aborted) await pause(POLL_INTERVAL_MS);
    return this.#told;
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
        this.#told.push(change.id);
      }
    } finally {
      this.#ending.abort();
    }
  }
}
