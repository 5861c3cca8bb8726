import type { MetricRegistry } from './registry.ts';

/** How far followers of the log are. */
export interface Followed {
  /** The position of the last event in the log. */
  readonly head: number;
  readonly followers: readonly {
    readonly name: string;
    /** How far it is. */
    readonly position: number;
    /** Streams of which it could not handle an event. */
    readonly parked: number;
  }[];
}

/** Metrics of the log and its followers. */
export class FollowerMetrics {
  readonly #head;
  readonly #lag;
  readonly #parked;

  constructor(registry: MetricRegistry) {
    this.#head = registry.gauge('tessera_log_position', 'Position of the last event in the log.');
    this.#lag = registry.gauge(
      'tessera_follower_lag',
      'How far a follower is behind the log, in positions; those have gaps.',
      ['follower'],
    );
    this.#parked = registry.gauge(
      'tessera_parked_streams',
      'Streams of which a follower could not handle an event.',
      ['follower'],
    );
  }

  /** Those of now. */
  show({ head, followers }: Followed): void {
    this.#lag.reset();
    this.#parked.reset();
    this.#head.set(head);
    for (const { name: follower, position, parked } of followers) {
      this.#lag.set({ follower }, Math.max(0, head - position));
      this.#parked.set({ follower }, parked);
    }
  }
}
