import type { Instant } from '#domain/kernel';
import { START } from '#event-store';
import { type Hash, readCheckpoint, rootAt, signCheckpoint } from '#evidence';
import type { ViewStore, Write } from '#view-store';
import { SEAL, type SealKey, type SignedCheckpoint, sealKeys, signedCheckpoints } from './documents.ts';
import type { SealingKeys } from './keys.ts';
import { knownKeys, lastOf } from './published.ts';
import { nodesIn } from './tiles.ts';

/** The name under which checkpoints and keys are stored: they remain when the follower is reset. */
export const SIGNER = `${SEAL}-signer`;

/** A copy of the last checkpoint outside both stores, by which a lost or replaced store is noticed. */
export interface CheckpointCopy {
  read(): Promise<string | undefined>;
  write(note: string): Promise<void>;
}

/** The tree as it is stored. */
export interface StoredTree {
  readonly size: number;
  readonly root: Hash;
}

export interface SignerOptions {
  readonly views: ViewStore;
  readonly keys: SealingKeys;
  readonly clock: { now(): Instant };
  readonly copy?: CheckpointCopy;
  readonly term?: number;
}

/** The log is not the one that was signed: signing it would hide that. */
export class LogDiffers extends Error {
  override readonly name = 'LogDiffers';
}

/** Signs checkpoints, each of a log that only grew since the one before. */
export class CheckpointSigner {
  readonly #options: SignerOptions;
  /** The size of the last checkpoint, once the tree is known to begin with it. */
  #signed: number | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SignerOptions) {
    this.#options = options;
  }

  /** How many events the last checkpoint seals; `undefined` until it has been compared with the tree. */
  get signed(): number | undefined {
    return this.#signed;
  }

  /** Publishes its keys; to be called before anything is signed. */
  async publishKeys(): Promise<void> {
    const { views, keys, clock, term } = this.#options;
    if (term !== undefined) await views.fence(SIGNER, term);
    const known = await knownKeys(views);
    const now = clock.now();
    const signing = new Set(keys.signers.map(({ verifier }) => verifier.text));
    const all = new Set([...known.map(({ id }) => id), ...signing, ...keys.retired.map(({ text }) => text)]);
    const writes = [...all].flatMap((id): Write[] => {
      const before = known.find((key) => key.id === id);
      const { since, until } = before ?? { since: now };
      const document: SealKey = signing.has(id) ? { id, since } : { id, since, until: until ?? now };
      return before !== undefined && before.until === document.until
        ? []
        : [{ collection: sealKeys, id, document }];
    });
    await this.#write(writes);
  }

  /**
   * Signs the tree, unless it is signed already. One at a time.
   * @throws LogDiffers it does not extend the last signed tree
   */
  sign(tree: StoredTree): Promise<void> {
    const signing = this.#last.then(() => this.#sign(tree));
    this.#last = signing.catch(() => undefined);
    return signing;
  }

  /** Compares with the last checkpoint again before the next signature: the tree is being rebuilt. */
  reset(): void {
    this.#signed = undefined;
  }

  async #sign({ size, root }: StoredTree): Promise<void> {
    const { keys, clock, copy } = this.#options;
    const { origin } = keys;
    this.#signed ??= await this.#sizeOfLast({ size, root });
    if (size <= this.#signed) return;
    const note = signCheckpoint({ origin, size, root }, keys.signers);
    const id = `${origin} ${size}`;
    const document: SignedCheckpoint = { id, origin, size, note, signedAt: clock.now() };
    await this.#write([{ collection: signedCheckpoints, id, document }]);
    await copy?.write(note);
    this.#signed = size;
  }

  /**
   * The size of the stored checkpoint, 0 without one.
   * @throws LogDiffers the tree does not extend it, or the copied one
   */
  async #sizeOfLast(tree: StoredTree): Promise<number> {
    const { views, keys, copy } = this.#options;
    const stored = await lastOf(views, keys.origin);
    const sizes = [stored?.note, await copy?.read()].map(async (note) => {
      const { origin, size, root } = note === undefined ? NONE : readCheckpoint(note);
      // It belongs to an earlier log.
      if (origin !== keys.origin) return 0;
      if (size > tree.size) {
        throw new LogDiffers(
          `The log has ${tree.size} events, of which ${size} were sealed: the others are missing.`,
        );
      }
      const isSame = root.equals(size === tree.size ? tree.root : await rootAt(size, nodesIn(views)));
      if (!isSame) throw new LogDiffers(`The first ${size} events are not those that were sealed.`);
      return size;
    });
    const [size = 0] = await Promise.all(sizes);
    // Where only the copy has a checkpoint, the store has lost it, and it is signed again.
    return size;
  }

  async #write(writes: readonly Write[]): Promise<void> {
    const { views, term } = this.#options;
    if (writes.length > 0) await views.commit({ follower: SIGNER, from: START, to: START, writes, term });
  }
}

const NONE = { origin: undefined, size: 0, root: Buffer.alloc(0) };
