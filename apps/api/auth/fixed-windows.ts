import { LRUCache } from 'lru-cache';

/** How many keys are counted at once; beyond that the least recently used are dropped. */
const KEYS = 10_000;

/** The count of one key in its current window. */
export interface Window {
  readonly count: number;
  readonly endsInMs: number;
}

interface Counted {
  count: number;
  readonly endsAt: number;
}

/** Counts by key within a window that starts with the first count. */
export class FixedWindows {
  private readonly windows = new LRUCache<string, Counted>({ max: KEYS });

  /** @param now milliseconds of a monotonic clock */
  constructor(
    private readonly perMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts one more. */
  count(key: string): Window {
    const now = this.now();
    const window = this.open(key, now) ?? this.begin(key, now);
    window.count += 1;
    return { count: window.count, endsInMs: window.endsAt - now };
  }

  /** How many were counted so far. */
  counted(key: string): number {
    return this.open(key, this.now())?.count ?? 0;
  }

  private open(key: string, now: number): Counted | undefined {
    const window = this.windows.get(key);
    return window !== undefined && now < window.endsAt ? window : undefined;
  }

  private begin(key: string, now: number): Counted {
    const window: Counted = { count: 0, endsAt: now + this.perMs };
    this.windows.set(key, window);
    return window;
  }
}
