import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Clock } from '#application';
import { fromMillis, type Instant } from '#domain/kernel';

/** A clock that can be moved forward, for trying time rules. How far it is ahead survives a restart. */
export class AdjustableClock implements Clock {
  private aheadMs: number;

  /** @param file where it keeps how far it is ahead */
  constructor(private readonly file: string) {
    this.aheadMs = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  }

  now(): Instant {
    return fromMillis(Date.now() + this.aheadMs);
  }

  advance(milliseconds: number): void {
    this.aheadMs += milliseconds;
    writeFileSync(this.file, String(this.aheadMs));
  }
}
