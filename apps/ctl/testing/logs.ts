import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { NewEvent, RecordedEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { eventsOf } from '../backup/reading.ts';

const STREAMS = 12;
/** The length of a stream of more than one page. */
const LONG_RUN = 520;

/** A data directory with a log of `appends` short appends to several streams in turn, and some long ones. */
export async function newLog(appends: number): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tessera-log-'));
  const store = await SqliteEventStore.open({ directory });
  for (let n = 0; n < appends; n++) {
    const events = Array.from({ length: 1 + (n % 3) }, (_, index) => happened({ n, index, é: '‱ \u0001' }));
    await store.append(`thing-${(5 * n) % STREAMS}`, events, 'any');
  }
  await store.append(
    'thing-long',
    Array.from({ length: LONG_RUN }, (_, n) => happened({ n })),
    'none',
  );
  // Together more than a server accepts in one append.
  for (let n = 0; n < 5; n++)
    await store.append('thing-large', [happened({ text: 'x'.repeat(300_000) })], 'any');
  await store.append('thing-0', [happened({ last: true })], 'any');
  await store.close();
  return directory;
}

export function happened(data: NewEvent['data']): NewEvent {
  const id = v7();
  return { id, type: 'Happened.v2', data, metadata: { at: '2026-01-01T00:00:00.000Z', $causationId: id } };
}

/** All events of a log in order, without positions. */
export async function contents(
  log: Parameters<typeof eventsOf>[0],
): Promise<Omit<RecordedEvent, 'position'>[]> {
  const found: Omit<RecordedEvent, 'position'>[] = [];
  for await (const { stream, revision, id, type, data, metadata } of eventsOf(log)) {
    found.push({ stream, revision, id, type, data, metadata });
  }
  return found;
}
