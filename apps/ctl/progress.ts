import type { Output } from './command-line.ts';

/** How often a line is written, in milliseconds: on a terminal over the last one, elsewhere below it. */
const PAUSE_MS = { terminal: 200, elsewhere: 5_000 };
const COUNTS = new Intl.NumberFormat('en');

/** Prints the progress of a long operation: a line for each completed phase, and some in between. */
export class Progress {
  readonly #out: Output;
  readonly #unit: string;
  #phase = '';
  #line = '';
  #began = { at: 0, done: 0 };
  #toldAt = 0;

  /** @param unit what is counted */
  constructor(out: Output, unit = 'events') {
    this.#out = out;
    this.#unit = unit;
  }

  /**
   * `done` of `total`, where there is a total; a phase whose first `done` is not 0 continues an earlier attempt.
   */
  report(phase: string, done: number, total?: number): void {
    const now = performance.now();
    if (phase !== this.#phase) this.#begin(phase, done, now);
    const perSecond = Math.round((1_000 * (done - this.#began.done)) / Math.max(1, now - this.#began.at));
    const all = total === undefined ? '' : ` of ${shown(total)}`;
    this.#line = `  ${phase.padEnd(22)} ${shown(done)}${all} ${this.#unit}, ${shown(perSecond)} ${this.#unit}/s`;
    const pause = this.#out.isTTY ? PAUSE_MS.terminal : PAUSE_MS.elsewhere;
    if (now - this.#toldAt < pause) return;
    this.#toldAt = now;
    this.#out.write(this.#out.isTTY ? `\r${this.#line}\u001b[K` : `${this.#line}\n`);
  }

  /** Prints the end of the last phase. */
  end(): void {
    if (this.#line === '') return;
    this.#out.write(this.#out.isTTY ? `\r${this.#line}\u001b[K\n` : `${this.#line}\n`);
    this.#line = '';
    this.#phase = '';
  }

  #begin(phase: string, done: number, now: number): void {
    this.end();
    this.#phase = phase;
    this.#began = { at: now, done };
    this.#toldAt = now;
  }
}

function shown(count: number): string {
  return COUNTS.format(count);
}
