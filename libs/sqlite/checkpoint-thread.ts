import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const db = new DatabaseSync(workerData as string);
const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)');

parentPort?.on('message', () => {
  // The second one covers what was written during the first.
  checkpoint.get();
  checkpoint.get();
  parentPort?.postMessage('done');
});
