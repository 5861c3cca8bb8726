import { type Checkpoint, CompactRange, eventHash, type Hash, type SealedEvent } from '#evidence';

/** The tree over the events of a log, read in order, and whether it grew from the one that was sealed. */
export class LogTree {
  readonly #tree = new CompactRange();
  readonly #sealed: Checkpoint | undefined;
  #rootThen: Hash | undefined;

  constructor(sealed: Checkpoint | undefined) {
    this.#sealed = sealed;
    this.#look();
  }

  get size(): number {
    return this.#tree.size;
  }

  /** In base64. */
  get root(): string {
    return this.#tree.root().toString('base64');
  }

  /** Whether it begins with the events of the checkpoint. */
  get isAsSealed(): boolean {
    return this.#sealed === undefined || this.#rootThen?.equals(this.#sealed.root) === true;
  }

  append(event: SealedEvent): void {
    this.#tree.append(eventHash(event));
    this.#look();
  }

  #look(): void {
    if (this.size === this.#sealed?.size) this.#rootThen = this.#tree.root();
  }
}
