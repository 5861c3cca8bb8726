import type { LogRecord } from './log.ts';

/** The revision of a tombstone, and of what `$tb` hides when a stream is deleted: 2^63 - 1. */
export const DELETED = 0x7fff_ffff_ffff_ffffn;

/** What a stream's `$metadata` says about reading it. */
export interface StreamSettings {
  /** The metadata as it was written. */
  readonly json: { readonly [name: string]: unknown };
  readonly truncateBefore: bigint | undefined;
  readonly maxCount: number | undefined;
  readonly maxAgeSeconds: number | undefined;
}

/** Data that is not a JSON object sets nothing. */
export function settingsOf(data: Uint8Array | undefined): StreamSettings {
  const text = data === undefined ? '{}' : Buffer.from(data).toString();
  const json = objectIn(text);
  // Read from the text: as a number it would not be exact.
  const truncateBefore = /"\$tb"\s*:\s*(\d+)/.exec(text)?.[1];
  return {
    json,
    truncateBefore: truncateBefore === undefined ? undefined : BigInt(truncateBefore),
    maxCount: numberIn(json.$maxCount),
    maxAgeSeconds: numberIn(json.$maxAge),
  };
}

/** The index of the first event of the stream that can be read. */
export function visibleFrom(events: readonly LogRecord[], settings: StreamSettings): number {
  const { truncateBefore = 0n, maxCount = events.length, maxAgeSeconds } = settings;
  const oldest = maxAgeSeconds === undefined ? 0 : Date.now() - maxAgeSeconds * 1_000;
  const kept = events.length - maxCount;
  const first = events.findIndex(
    ({ revision, created }, index) => index >= kept && revision >= truncateBefore && created >= oldest,
  );
  return first < 0 ? events.length : first;
}

function objectIn(text: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
