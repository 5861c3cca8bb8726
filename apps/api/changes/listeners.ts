import type { OnModuleDestroy } from '@nestjs/common';
import { HttpProblem } from '../http/problem.ts';

/** How many may listen at once. */
export interface ListenerLimits {
  readonly perAccount: number;
  readonly inAll: number;
}

export const LISTENER_LIMITS: ListenerLimits = { perAccount: 500, inAll: 5_000 };

const RETRY_AFTER_SECONDS = 5;

/** A request that waits for changes. */
export interface Listener extends Disposable {
  /** Aborted when the service stops. */
  readonly signal: AbortSignal;
  /** Ends it. */
  end(): void;
}

/** All requests that wait for changes at this service, bounded for each account. */
export class Listeners implements OnModuleDestroy {
  readonly #limits: ListenerLimits;
  readonly #open = new Map<string, Set<AbortController>>();
  #inAll = 0;
  #stopping = false;

  constructor(limits: ListenerLimits) {
    this.#limits = limits;
  }

  /** How many there are. */
  get count(): number {
    return this.#inAll;
  }

  /**
   * Adds one of the account; the platform's own services have none.
   * @throws HttpProblem 429 there are too many already; 503 the service is stopping
   */
  open(account: string): Listener {
    if (this.#stopping) {
      throw new HttpProblem(503, 'stopping', 'The service is stopping. Try again.', { retryAfterSeconds: 1 });
    }
    const ofAccount = this.#open.get(account) ?? new Set();
    if (ofAccount.size >= this.#limits.perAccount || this.#inAll >= this.#limits.inAll) {
      const detail =
        'Too many connections wait for changes already; close some, or ask for pages without wait.';
      throw new HttpProblem(429, 'too-many-listeners', detail, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    const controller = new AbortController();
    this.#open.set(account, ofAccount.add(controller));
    this.#inAll += 1;
    const end = () => {
      controller.abort();
      if (!ofAccount.delete(controller)) return;
      this.#inAll -= 1;
      if (ofAccount.size === 0) this.#open.delete(account);
    };
    return { signal: controller.signal, end, [Symbol.dispose]: end };
  }

  /** Before the server closes: it waits for requests under way. */
  onModuleDestroy(): void {
    this.#stopping = true;
    for (const ofAccount of this.#open.values()) for (const controller of ofAccount) controller.abort();
  }
}
