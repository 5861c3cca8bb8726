import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Revision, WrongExpectedRevision } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { batchSize, eventAt, STREAMS } from './content.ts';

/**
 * Writes to every stream concurrently until it is killed, and reports each append once it is acknowledged: a line of
 * stream, revision and position.
 */
const [directory = '.'] = process.argv.slice(2);
const store = await SqliteEventStore.open({ directory });
const checkpoint = new DatabaseSync(join(directory, 'events.db')).prepare('PRAGMA wal_checkpoint(PASSIVE)');
let answered = 0;

async function write(stream: string): Promise<never> {
  const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
  for (let next = last ? last.revision + 1 : 0; ; ) {
    const batch = Array.from({ length: batchSize(stream, next) }, (_, n) => eventAt(stream, next + n));
    const expected = next === 0 ? 'none' : ((next - 1) as Revision);
    const [result] = await Promise.all([
      store.append(stream, batch, expected),
      store.append(stream, batch, expected),
      store.append(stream, [eventAt(stream, -1)], expected).catch(ignoreConflict),
    ]);
    writeSync(1, `${stream} ${result.revision} ${result.position}\n`);
    next = result.revision + 1;
    if (++answered % 40 === 0) checkpoint.get();
  }
}

function ignoreConflict(error: unknown): void {
  if (!(error instanceof WrongExpectedRevision)) throw error;
}

writeSync(1, 'ready\n');
await Promise.all(STREAMS.map(write));
