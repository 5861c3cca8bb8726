import type { Lease, LeaseState, Leases } from '#view-store';
import { backOff, type Pauses, realPauses } from './back-off.ts';
import type { Leased, Running } from './leased.ts';
import type { Log } from './log.ts';

export interface LeaseTimings {
  /** An owner that has not renewed its lease for this long has lost it. */
  readonly ttlMs: number;
  /** The interval of renewals, and of checks of other owners' leases. */
  readonly renewMs: number;
  /** The pause between claims, per lease held: of two holders that start together, neither claims all. */
  readonly claimPauseMs: number;
}

export interface LeaseHolderOptions {
  readonly leases: Leases;
  /** Unique to this run of this process. */
  readonly owner: string;
  readonly leased: readonly Leased[];
  readonly log: Log;
  readonly timings?: Partial<LeaseTimings>;
  readonly pauses?: Pauses;
  /** Monotonic milliseconds from any origin. Holders need not agree on them. */
  readonly monotonic?: () => number;
}

const TIMINGS: LeaseTimings = { ttlMs: 5_000, renewMs: 1_000, claimPauseMs: 30 };

/** A lease that is held, and what runs under it. */
interface Held {
  readonly lease: Lease;
  readonly running: Running;
  /** Aborted when it is no longer held. */
  readonly ended: AbortController;
  /** When the last renewal that is known to have taken effect was sent. */
  confirmedAt: number;
}

/** Something to be run, here or by another holder. */
interface Candidate {
  readonly leased: Leased;
  /** The lease as last read, and since when its term and beat have not changed. */
  seen?: { readonly state: LeaseState; readonly since: number };
  /** The term of the last claim that took effect, or may have. */
  claimed?: number;
  held?: Held;
  /** Resolves when what ran under the lease has stopped. */
  relinquishing?: Promise<void>;
}

/**
 * Runs what it holds leases for. It claims free leases, and those whose owner has
 * not renewed for the whole time to live, by this holder's own clock: clocks are never compared.
 * A lease that cannot be renewed in time is given up before others may claim it. If its owner is too slow
 * even for that, the store refuses its commits by the lease's term.
 */
export class LeaseHolder {
  readonly #options: LeaseHolderOptions;
  readonly #timings: LeaseTimings;
  readonly #pauses: Pauses;
  readonly #now: () => number;
  /** In random order, so that two holders do not always claim the same one. */
  readonly #candidates: readonly Candidate[];
  readonly #stopping = new AbortController();
  #claiming: Promise<void> | undefined;
  #isConnected = false;

  constructor(options: LeaseHolderOptions) {
    this.#options = options;
    this.#timings = { ...TIMINGS, ...options.timings };
    this.#pauses = options.pauses ?? realPauses;
    this.#now = options.monotonic ?? (() => performance.now());
    this.#candidates = options.leased
      .map((leased) => ({ leased, chance: this.#pauses.random() }))
      .toSorted((a, b) => a.chance - b.chance)
      .map(({ leased }): Candidate => ({ leased }));
  }

  /** The names of the leases it holds. */
  get owned(): readonly string[] {
    return this.#candidates.filter(({ held }) => held).map(({ leased }) => leased.name);
  }

  /** Whether the last read of the leases succeeded. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Starts to claim leases; does nothing when it already does. */
  start(): void {
    this.#claiming ??= this.#claimLoop();
  }

  /** Resolves when nothing runs here any more, and its leases are released. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#claiming;
    await Promise.all(
      this.#candidates.map((candidate) => this.#relinquish(candidate, candidate.held, 'release')),
    );
  }

  async #claimLoop(): Promise<void> {
    const { log } = this.#options;
    const { renewMs, ttlMs, claimPauseMs } = this.#timings;
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      let pauseMs = renewMs;
      try {
        if (await this.#claimOne()) pauseMs = Math.min(renewMs, claimPauseMs * (this.owned.length + 1));
        failures = 0;
        this.#isConnected = true;
      } catch (error) {
        failures += 1;
        this.#isConnected = false;
        pauseMs = Math.max(renewMs, Math.min(ttlMs, backOff(failures, this.#pauses.random)));
        log.warn({ err: error, failures, retryInMs: pauseMs }, 'Could not look for available leases');
      }
      await this.#pauses.sleep(pauseMs, signal);
    }
  }

  /** Reads all leases that it does not hold, and tries to claim one; true when there was one to claim. */
  async #claimOne(): Promise<boolean> {
    const { leases } = this.#options;
    const free = this.#candidates.filter(({ held, relinquishing }) => !held && !relinquishing);
    const states = await Promise.all(free.map(({ leased }) => leases.read(leased.name)));
    const now = this.#now();
    const open = free.filter((candidate, index) =>
      this.#mayClaim(candidate, states[index] as LeaseState, now),
    );
    const [first] = open;
    if (first === undefined || this.#stopping.signal.aborted) return false;
    await this.#claim(first);
    return true;
  }

  /** Whether no owner can be working under this lease any more. */
  #mayClaim(candidate: Candidate, state: LeaseState, now: number): boolean {
    const { seen, claimed } = candidate;
    const isSame = seen?.state.term === state.term && seen.state.beat === state.beat;
    const since = isSame ? seen.since : now;
    candidate.seen = { state, since };
    // Its own lease: given up, or claimed without learning that the claim took effect.
    const isOwn = state.owner === this.#options.owner && state.term === claimed;
    return state.owner === undefined || isOwn || now - since >= this.#timings.ttlMs;
  }

  async #claim(candidate: Candidate): Promise<void> {
    const { leases, owner, log } = this.#options;
    const { leased, seen } = candidate;
    if (seen === undefined) return;
    const confirmedAt = this.#now();
    candidate.claimed = seen.state.term + 1;
    const lease = await leases.claim(leased.name, owner, seen.state);
    if (lease === undefined) {
      candidate.claimed = undefined;
      return;
    }
    log.info({ follower: leased.name, owner, term: lease.term }, 'Acquired the lease of the follower');
    const giveUp = () => void this.#relinquish(candidate, held, 'release');
    const running = leased.start(lease.term, giveUp);
    const held: Held = { lease, running, ended: new AbortController(), confirmedAt };
    candidate.held = held;
    void this.#renewLoop(candidate, held);
    void this.#expiryLoop(candidate, held);
  }

  /** Renews a lease for as long as it is held. */
  async #renewLoop(candidate: Candidate, held: Held): Promise<void> {
    const { leases, log } = this.#options;
    const { signal } = held.ended;
    const { name } = held.lease;
    for (;;) {
      await this.#pauses.sleep(this.#timings.renewMs, signal);
      if (signal.aborted) return;
      const sentAt = this.#now();
      try {
        if (await leases.renew(held.lease)) {
          held.confirmedAt = sentAt;
        } else {
          log.warn(
            { follower: name, term: held.lease.term },
            'Lost the lease of the follower: another worker has taken it over',
          );
          await this.#relinquish(candidate, held);
        }
      } catch (error) {
        log.warn({ follower: name, err: error }, 'Could not renew the lease of the follower');
      }
    }
  }

  /** Gives a lease up when its time to live has passed without a renewal, even if one is still under way. */
  async #expiryLoop(candidate: Candidate, held: Held): Promise<void> {
    const { signal } = held.ended;
    while (!signal.aborted) {
      const left = held.confirmedAt + this.#timings.ttlMs - this.#now();
      if (left > 0) {
        await this.#pauses.sleep(left, signal);
      } else {
        const { name, term } = held.lease;
        this.#options.log.warn(
          { follower: name, term },
          'Stopped the follower: its lease was not renewed in time',
        );
        await this.#relinquish(candidate, held);
      }
    }
  }

  /** Stops what runs under the lease, if it still runs; resolves when it has stopped. */
  async #relinquish(candidate: Candidate, held: Held | undefined, release?: 'release'): Promise<void> {
    if (held && candidate.held === held) {
      candidate.held = undefined;
      held.ended.abort();
      candidate.relinquishing = this.#end(held, release).finally(() => {
        candidate.relinquishing = undefined;
      });
    }
    await candidate.relinquishing;
  }

  async #end({ running, lease }: Held, release?: 'release'): Promise<void> {
    const { leases, log } = this.#options;
    try {
      await running.stop();
      if (release) await leases.release(lease);
    } catch (error) {
      log.warn({ follower: lease.name, err: error }, 'The follower could not be stopped cleanly');
    }
  }
}
