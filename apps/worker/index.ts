export { viewsPath } from './paths.ts';
export { followers, type WorkerStatus } from './worker.ts';
export { startWorkerThread, type WorkerThread, type WorkerThreadOptions } from './worker-thread.ts';
