import { pino } from 'pino';
import { EventStoreUnusable } from '#event-store';
import { adminSocket } from '../../admin/socket.ts';
import type { WorkerPlace } from '../../worker/config.ts';
import type { OpenWorker } from '../../worker/open.ts';
import { CannotBeDone } from '../command-line.ts';
import type { Deployment } from './deployment.ts';

/** A worker within a command logs errors only. */
export const quietLog = () => pino({ level: 'error' }, pino.destination(2));

/** No process has the embedded stores open: this one opens them, as a worker would, for each operation. */
export function operationsOnStopped(settings: WorkerPlace): Deployment['operations'] {
  const working = <Result>(operation: (open: OpenWorker) => Promise<Result>) =>
    opened(settings, async (open) => {
      await open.worker.start();
      try {
        return await operation(open);
      } finally {
        await open.worker.stop();
      }
    });
  return {
    rebuild: (projection) => working(({ worker }) => worker.rebuild(projection)),
    swap: (projection) => opened(settings, ({ worker }) => worker.swap(projection)),
    retryParked: ({ follower, stream }) => working(({ worker }) => worker.retryParked(follower, stream)),
    skipParked: ({ follower, stream, event }) =>
      working(({ worker }) => worker.skipParked(follower, stream, event)),
    redrive: ({ process, key }) => working(({ worker }) => worker.redrive(process, key)),
    resume: async (flow) => {
      const { resume } = await import('../../admin/operations.ts');
      return opened(settings, ({ gateway }) => resume(flow, gateway));
    },
    send: (request) => opened(settings, ({ gateway }) => gateway.send(request)),
  };
}

async function opened<Result>(
  settings: WorkerPlace,
  work: (open: OpenWorker) => Promise<Result>,
): Promise<Result> {
  const { openWorker } = await import('../../worker/open.ts');
  const open = await openWorker(settings, quietLog()).catch((error: unknown) => {
    throw error instanceof EventStoreUnusable ? notReachable(error, settings) : error;
  });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

function notReachable(error: EventStoreUnusable, { dataDir }: WorkerPlace): CannotBeDone {
  const where = `No process listens at ${adminSocket(dataDir)}.`;
  return new CannotBeDone(`${error.message} ${where} If a service runs there, its log says why.`);
}
