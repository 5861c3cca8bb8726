import { createHash } from 'node:crypto';
import type { NewEvent } from '#event-store';

export const STREAMS = Array.from({ length: 12 }, (_, n) => `crash-${n}`);

/** The number of events of the append that begins at `revision`. */
export function batchSize(stream: string, revision: number): number {
  return 1 + (digest(stream, revision).charCodeAt(0) % 6);
}

/** The event expected at this place: a corrupted one is not equal to it. */
export function eventAt(stream: string, revision: number): NewEvent {
  const hash = digest(stream, revision);
  const id = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const length = Number.parseInt(hash.slice(32, 35), 16);
  return {
    id,
    type: `Written${hash[35]}`,
    data: { stream, revision, text: hash.repeat(length / 64) },
    metadata: { hash },
  };
}

function digest(stream: string, revision: number): string {
  return createHash('sha256').update(`${stream} ${revision}`).digest('hex');
}
