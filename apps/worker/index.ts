export { healthServer } from './health.ts';
export { viewsPath } from './paths.ts';
export { followers, ownFollowers, type WorkerReadings, type WorkerStatus } from './worker.ts';
export { startWorkerThread, type WorkerThread, type WorkerThreadOptions } from './worker-thread.ts';
