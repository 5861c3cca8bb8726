import { LRUCache } from 'lru-cache';

const ADDRESSES = 10_000;

/**
 * Counts tokens that failed to verify, by address: nobody needs to fail often, and what tries on and on is slowed down.
 */
export class FailureLimit {
  private readonly failures: LRUCache<string, number>;

  /**
   * @param most failures an address may have within `perMs`
   * @param now milliseconds since the epoch
   */
  constructor(
    private readonly most = 100,
    perMs = 10_000,
    now: () => number = Date.now,
  ) {
    this.failures = new LRUCache({
      max: ADDRESSES,
      ttl: perMs,
      noUpdateTTL: true,
      perf: { now },
      ttlResolution: 0,
    });
  }

  /** Whether the address has failed too often of late. */
  exceeded(address: string): boolean {
    return (this.failures.get(address) ?? 0) >= this.most;
  }

  count(address: string): void {
    this.failures.set(address, (this.failures.get(address) ?? 0) + 1);
  }
}
