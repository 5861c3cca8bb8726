import { FixedWindows } from './fixed-windows.ts';

/**
 * Counts tokens that failed to verify, by address, so that guessing tokens is slowed down.
 */
export class FailureLimit {
  private readonly failures: FixedWindows;

  /**
   * @param most failures an address may have within `perMs`
   * @param now milliseconds since any moment
   */
  constructor(
    private readonly most = 100,
    perMs = 10_000,
    now?: () => number,
  ) {
    this.failures = new FixedWindows(perMs, now);
  }

  /** Whether the address has failed too often of late. */
  exceeded(address: string): boolean {
    return this.failures.counted(address) >= this.most;
  }

  count(address: string): void {
    this.failures.count(address);
  }
}
