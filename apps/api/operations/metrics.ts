import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { CommandObserver } from '#application';

/** What is read where and when the figures are asked for. */
export interface Readings {
  /** Of the last event in the log. */
  readonly head: number;
  readonly followers: readonly {
    readonly name: string;
    /** How far it is. */
    readonly position: number;
    /** Streams of which it could not handle an event. */
    readonly parked: number;
  }[];
}

const COMMAND_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];
const DELAY_RESOLUTION_MS = 20;
const QUANTILES = { '0.5': 50, '0.99': 99, '1': 100 };

/** The figures of one service, for Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #eventLoop = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  readonly #requests = this.#counter(
    'tessera_http_requests_total',
    'Requests answered, by method and status.',
    ['method', 'status'],
  );
  readonly #commands = new Histogram({
    name: 'tessera_command_duration_seconds',
    help: 'Commands by type and outcome (done, replayed, refused, failed), and how long they took.',
    labelNames: ['type', 'outcome'],
    buckets: COMMAND_SECONDS,
    registers: [this.#registry],
  });
  readonly #groups = new Histogram({
    name: 'tessera_append_group_size',
    help: 'How many appends to the embedded log shared one commit.',
    buckets: GROUP_SIZES,
    registers: [this.#registry],
  });
  readonly #head = this.#gauge('tessera_log_position', 'Position of the last event in the log.');
  readonly #lag = this.#gauge(
    'tessera_follower_lag',
    'How far a follower is behind the log, in positions; those have gaps.',
    ['follower'],
  );
  readonly #parked = this.#gauge(
    'tessera_parked_streams',
    'Streams of which a follower could not handle an event.',
    ['follower'],
  );
  readonly #delay = this.#gauge(
    'tessera_event_loop_delay_seconds',
    'How late the event loop was since the figures were last asked for.',
    ['quantile'],
  );
  readonly #cpu = this.#counter('process_cpu_seconds_total', 'Time spent on any of the cores.');
  readonly #memory = this.#gauge('process_resident_memory_bytes', 'Resident memory.');
  readonly #uptime = this.#gauge('process_uptime_seconds', 'Time since the start.');

  constructor() {
    this.#eventLoop.enable();
  }

  /** A request was answered. */
  request(method: string, status: number): void {
    this.#requests.inc({ method, status: String(status) });
  }

  /** A command came to its end. */
  readonly command: CommandObserver = (type, outcome, milliseconds) => {
    this.#commands.observe({ type, outcome }, milliseconds / 1_000);
  };

  /** So many appends shared one commit. */
  readonly appended = (appends: number): void => {
    this.#groups.observe(appends);
  };

  /** All figures as of now, in the text format of Prometheus. */
  async text({ head, followers }: Readings): Promise<string> {
    this.#head.set(head);
    for (const { name: follower, position, parked } of followers) {
      this.#lag.set({ follower }, head - position);
      this.#parked.set({ follower }, parked);
    }
    for (const [quantile, percent] of Object.entries(QUANTILES)) {
      // It measures how long each wait of its resolution took in all.
      const late = this.#eventLoop.percentile(percent) / 1e9 - DELAY_RESOLUTION_MS / 1_000;
      this.#delay.set({ quantile }, Math.max(0, late));
    }
    this.#eventLoop.reset();
    const { user, system } = process.cpuUsage();
    this.#cpu.reset();
    this.#cpu.inc((user + system) / 1e6);
    this.#memory.set(process.memoryUsage.rss());
    this.#uptime.set(Math.round(process.uptime()));
    return this.#registry.metrics();
  }

  #counter<Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Counter<Label>({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }

  #gauge<Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Gauge<Label>({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
  }
}
