/** Something that runs, until it is stopped. */
export interface Running {
  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void>;
}

/** What one worker at a time may run. */
export interface Leased {
  /** Of the lease. */
  readonly name: string;
  /**
   * Begins to run it, as the owner of that term. From then on it calls `giveUp` when it cannot go on: above all when
   * it finds that somebody else owns it by now.
   */
  take(term: number, giveUp: () => void): Running;
}
