import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { walProgressOf } from './wal-progress.ts';

/** The writer itself checkpoints no more pages than this, which takes it few milliseconds. */
const FEW_PAGES = 500;
const MAX_ROUNDS = 8;

const db = new DatabaseSync(workerData as string);
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const progress = walProgressOf(db);

/** The pages that are not checkpointed yet. */
function left(): number {
  const { written, checkpointed } = progress();
  return written - checkpointed;
}

parentPort?.on('message', () => {
  // Each round covers what was written during the one before, which is less each time unless the disk is slow.
  let round = 0;
  do checkpoint.get();
  while (++round < MAX_ROUNDS && left() > FEW_PAGES);
  parentPort?.postMessage('done');
});
