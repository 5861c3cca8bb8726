import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#application/core';
import { fromMillis, type Instant, toMillis } from '#domain/kernel';
import { InvalidConfig } from './environment.ts';

/** For how long the contents of the file are cached. */
const FRESH_MS = 20;

/** Timestamps are compared as text, so years have four digits; there is room for deadlines after the latest one. */
const LATEST_MS = Date.parse('9000-01-01T00:00:00.000Z');

/** The clock would leave the range of dates. */
export class ClockOutOfRange extends Error {
  override readonly name = 'ClockOutOfRange';
  constructor() {
    super(`The clock goes no further than ${fromMillis(LATEST_MS)}.`);
  }
}

/**
 * A clock that can be moved forward, for trying time rules; before anything has happened it can be set back, so that
 * there is a past. How far it is ahead is in a file: it survives a restart, and all processes with the same data folder
 * use the same time. Each reads the file a few times a second at most.
 */
export class AdjustableClock implements Clock {
  private readonly file: string;
  private aheadMs: number;
  /** By the machine's steady clock. */
  private readAt: number;

  /** @throws InvalidConfig the file was not written by this clock */
  constructor(private readonly dataDir: string) {
    this.file = join(dataDir, 'development-clock');
    this.readAt = performance.now();
    this.aheadMs = this.read();
  }

  now(): Instant {
    this.refresh();
    return fromMillis(Date.now() + this.aheadMs);
  }

  /**
   * Moves it forward; resolves when every process uses the new time.
   * @throws ClockOutOfRange and leaves it where it is
   */
  async advance(milliseconds: number): Promise<void> {
    const aheadMs = this.read() + milliseconds;
    if (!(Date.now() + aheadMs < LATEST_MS)) throw new ClockOutOfRange();
    await this.set(aheadMs);
  }

  /** Whether it is ahead of the present. */
  get isAhead(): boolean {
    return this.read() > 0;
  }

  /** Sets it to a moment in the past; only while nothing later is recorded. */
  async setBack(to: Instant): Promise<void> {
    await this.set(Math.min(0, toMillis(to) - Date.now()));
  }

  /** Moves it forward to a moment in the past; does nothing where it is later already. */
  async moveTo(at: Instant): Promise<void> {
    const aheadMs = Math.min(0, toMillis(at) - Date.now());
    if (aheadMs > this.read()) await this.set(aheadMs);
  }

  /** Moves it forward to the present, if it is behind. */
  async catchUp(): Promise<void> {
    if (this.read() < 0) await this.set(0);
  }

  private async set(aheadMs: number): Promise<void> {
    const next = `${this.file}.next`;
    mkdirSync(this.dataDir, { recursive: true });
    writeFileSync(next, String(aheadMs));
    // Whoever reads meanwhile finds one or the other, and never half of it.
    renameSync(next, this.file);
    this.aheadMs = aheadMs;
    this.readAt = performance.now();
    await pause(2 * FRESH_MS);
  }

  private refresh(): void {
    const now = performance.now();
    if (now - this.readAt < FRESH_MS) return;
    this.readAt = now;
    this.aheadMs = this.read();
  }

  private read(): number {
    const aheadMs = existsSync(this.file) ? Number(readFileSync(this.file, 'utf8')) : 0;
    const now = Date.now() + aheadMs;
    if (Number.isSafeInteger(aheadMs) && now >= 0 && now < LATEST_MS) return aheadMs;
    throw new InvalidConfig([`${this.file} does not contain a time; remove it.`]);
  }
}
