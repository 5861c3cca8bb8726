/** Something that runs, until it is stopped. */
export interface Running {
  /** Resolves when all its work has ended. */
  stop(): Promise<void>;
}

/** Something that only one worker at a time may run. */
export interface Leased {
  /** Of the lease. */
  readonly name: string;
  /**
   * Starts it, as the owner of that term. From then on it calls `giveUp` when it cannot continue, above all when
   * it finds that another worker owns it.
   */
  start(term: number, giveUp: () => void): Running;
}
