import { setTimeout as delay } from 'node:timers/promises';
import { type Instant, toMillis } from '#domain/kernel';
import type { EventReader, Position, RecordedEvent } from '#event-store';
import {
  type Delivery,
  Follower,
  type FollowerStatus,
  type Log,
  type Outcome,
  type Pauses,
  standby,
} from '#subscriptions';
import type { ViewStore } from '#view-store';
import { rebuiltCollections, SEAL } from './documents.ts';
import { GrowingTree } from './growing-tree.ts';
import type { SealingKeys } from './keys.ts';
import { type CheckpointCopy, CheckpointSigner, LogDiffers, type StoredTree } from './signer.ts';
import { TileMissing } from './tiles.ts';

export interface SealerOptions {
  readonly reader: EventReader;
  readonly views: ViewStore;
  readonly keys: SealingKeys;
  /** A checkpoint is signed this often while there is something new, and at every stop. */
  readonly intervalMs: number;
  readonly copy?: CheckpointCopy;
  readonly clock: { now(): Instant };
  readonly log: Log;
  readonly pauses?: Pauses;
  /** The term of the lease under which it runs; absent where there can be only one owner. */
  readonly term?: number;
  /** Called when another owner has taken over; this one stops by itself. */
  readonly lost?: () => void;
}

/** How far the log is sealed. */
export interface SealStatus {
  readonly follower: FollowerStatus;
  /** How many events are in the tree. */
  readonly size?: number;
  /** How many of them the last checkpoint seals. */
  readonly signed?: number;
  /** For how long there have been events that no checkpoint seals; 0 where each is sealed. */
  readonly unsealedMs?: number;
  /** Why nothing is signed: the log is not the one that was sealed. */
  readonly refused?: string;
}

/** The status where another worker seals, or none does. */
export const sealStandby: SealStatus = { follower: standby(SEAL) };

/** How long events are gathered that nobody waits for: a small batch costs nearly as much as a larger one. */
const GATHER_MS = 1_000;

/** How long stopping waits for the last events to be sealed. */
const STOP_PATIENCE_MS = 2_000;

/** Follows the log, appends each of its events to the tree, and signs a checkpoint from time to time. */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #follower: Follower<RecordedEvent>;
  readonly #signer: CheckpointSigner;
  /** The tree with the last batch, which may not be stored yet; read again where that is uncertain. */
  #tree: GrowingTree | undefined;
  /** The tree as it is stored. */
  #stored: StoredTree | undefined;
  /** Whether the tree has caught up with the log; until then it may be smaller than what was signed. */
  #isWhole = false;
  #sealedTo: Position | undefined;
  #notifySealed: (() => void) | undefined;
  /** Since when there are events that no checkpoint seals. */
  #unsealedSince: number | undefined;
  #signedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #refused: string | undefined;
  #hasLost = false;
  #stopping = false;

  constructor(options: SealerOptions) {
    const { reader, views, clock, log, pauses, term, lost } = options;
    this.#options = options;
    this.#signer = new CheckpointSigner(options);
    this.#follower = new Follower<RecordedEvent>({
      name: SEAL,
      reader,
      views,
      deserialise: (event) => event,
      handler: {
        handle: (delivery) => this.#handle(delivery),
        open: () => this.#outdated(),
        caughtUp: () => this.#caughtUp(),
        discard: () => {
          this.#tree = undefined;
        },
        restarted: () => {
          this.#signer.reset();
          this.#stored = undefined;
          this.#isWhole = false;
          return [];
        },
      },
      collections: rebuiltCollections,
      gatherMs: GATHER_MS,
      // The tree has every event of the log: none is ever left out.
      isOutage: () => true,
      clock,
      log,
      pauses,
      term,
      lost: () => {
        this.#hasLost = true;
        lost?.();
      },
    });
  }

  /**
   * @throws OwnershipLost another worker seals
   */
  async start(): Promise<void> {
    await this.#signer.publishKeys();
    if (!this.#hasLost && !this.#stopping) this.#follower.start();
  }

  /** Seals what has been recorded by now, signs it, and ends. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (!this.#hasLost) await this.#catchUp();
    await this.#follower.stop();
    clearTimeout(this.#timer);
    if (!this.#hasLost) await this.#sign();
  }

  async status(): Promise<SealStatus> {
    return {
      follower: await this.#follower.status(),
      size: this.#stored?.size,
      signed: this.#signer.signed,
      unsealedMs:
        this.#unsealedSince === undefined
          ? 0
          : Math.max(0, toMillis(this.#options.clock.now()) - this.#unsealedSince),
      refused: this.#refused,
    };
  }

  /** Rebuilds the tree from the log; it is then compared with the signed checkpoints. */
  rebuild(): Promise<void> {
    return this.#follower.restart('a rebuild was requested');
  }

  async #handle({ events, to }: Delivery<RecordedEvent>): Promise<Outcome> {
    const tree = this.#tree ?? (await GrowingTree.load(this.#options.views));
    // Kept again only once the events are stored.
    this.#tree = undefined;
    const writes = tree.grow(events);
    return {
      writes,
      committed: () => {
        this.#tree = tree;
        this.#stored = { size: tree.size, root: tree.root() };
        this.#sealedTo = to;
        if (tree.size !== this.#signer.signed) this.#unsealedSince ??= toMillis(this.#options.clock.now());
        this.#notifySealed?.();
      },
    };
  }

  /** An incomplete tree is rebuilt. */
  async #outdated(): Promise<string | undefined> {
    try {
      await GrowingTree.load(this.#options.views);
      return undefined;
    } catch (error) {
      if (error instanceof TileMissing) return error.message;
      throw error;
    }
  }

  async #caughtUp(): Promise<void> {
    this.#isWhole = true;
    const isSigned = this.#stored === undefined || this.#stored.size === this.#signer.signed;
    if (isSigned || this.#timer !== undefined) return;
    const { intervalMs, clock } = this.#options;
    const wait = this.#signedAt + intervalMs - toMillis(clock.now());
    if (wait > 0) this.#signAfter(Math.min(wait, intervalMs));
    else await this.#sign();
  }

  #signAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#sign();
    }, ms);
    this.#timer.unref();
  }

  /** Events that cannot be signed now are part of the next checkpoint. */
  async #sign(): Promise<void> {
    const { log, clock, intervalMs } = this.#options;
    if (this.#stored === undefined || !this.#isWhole) return;
    this.#signedAt = toMillis(clock.now());
    const startedAt = this.#signedAt;
    try {
      await this.#signer.sign(this.#stored);
      this.#refused = undefined;
      this.#unsealedSince = this.#stored.size === this.#signer.signed ? undefined : startedAt;
    } catch (error) {
      if (error instanceof LogDiffers) {
        this.#refused = error.message;
        log.error(
          { follower: SEAL, err: error },
          'The log is not the one that was sealed: nothing is signed',
        );
      } else {
        log.warn({ follower: SEAL, err: error }, 'No checkpoint could be signed; it will be retried');
      }
      if (!this.#stopping) this.#signAfter(intervalMs);
    }
  }

  async #catchUp(): Promise<void> {
    const { reader, views, log } = this.#options;
    const waiting = new AbortController();
    try {
      const head = await reader.head();
      const caughtUp = new Promise<void>((resolve) => {
        this.#notifySealed = () => {
          if (this.#sealedTo !== undefined && this.#sealedTo >= head) resolve();
        };
        this.#notifySealed();
      });
      views.awaited(SEAL)?.advance(head);
      await Promise.race([caughtUp, delay(STOP_PATIENCE_MS, undefined, { signal: waiting.signal })]);
    } catch (error) {
      log.warn(
        { follower: SEAL, err: error },
        'The last events could not be sealed before the stop; they are sealed at the next start',
      );
    } finally {
      waiting.abort();
    }
  }
}
