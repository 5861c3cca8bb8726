import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#application/core';
import { fromMillis, type Instant } from '#domain/kernel';

/**
 * A clock that can be moved forward, for trying time rules. How far it is ahead is in a file: it survives a restart,
 * and all processes with the same data folder tell the same time.
 */
export class AdjustableClock implements Clock {
  private readonly file: string;

  constructor(private readonly dataDir: string) {
    this.file = join(dataDir, 'development-clock');
  }

  now(): Instant {
    return fromMillis(Date.now() + this.aheadMs());
  }

  advance(milliseconds: number): void {
    const next = `${this.file}.next`;
    mkdirSync(this.dataDir, { recursive: true });
    writeFileSync(next, String(this.aheadMs() + milliseconds));
    // Whoever reads meanwhile finds one or the other, and never half of it.
    renameSync(next, this.file);
  }

  private aheadMs(): number {
    return existsSync(this.file) ? Number(readFileSync(this.file, 'utf8')) : 0;
  }
}
