import { hostname } from 'node:os';
import { newId } from '#application';
import { RevealedLog } from '#personal-data';
import { PROCESSES, processWork } from '#processes';
import { takeOver } from '#subscriptions';
import { serverClockAhead } from '#view-store/mongodb';
import { resume } from '../../admin/operations.ts';
import type { WorkerPlace } from '../../worker/config.ts';
import { openWorker } from '../../worker/open.ts';
import { clockOf } from './clock.ts';
import type { Deployment } from './deployment.ts';
import { quietLog } from './stopped.ts';

/**
 * The stores that services and workers share. Operations on a follower are executed under its lease, which is claimed
 * here; afterwards a worker claims it again.
 */
export async function sharedDeployment(settings: WorkerPlace): Promise<Deployment> {
  const { events, keys, keyStore, views, worker, gateway, close } = await openWorker(settings, quietLog());
  const owner = `tessera-ctl ${hostname()} ${process.pid} ${newId()}`;
  return {
    kind: 'shared',
    settings,
    events: new RevealedLog(events, keys),
    recorded: events,
    keyStore,
    stored: views,
    leases: views.leases,
    clock: clockOf(settings),
    clockAhead: () => serverClockAhead({ url: settings.stores?.views ?? '' }),
    status: async () => undefined,
    operations: {
      rebuild: (projection) => worker.takeOver(projection, owner, () => worker.rebuild(projection)),
      swap: (projection) => worker.swap(projection),
      retryParked: ({ follower, stream }) =>
        worker.takeOver(follower, owner, () => worker.retryParked(follower, stream)),
      skipParked: ({ follower, stream, event }) =>
        worker.takeOver(follower, owner, () => worker.skipParked(follower, stream, event)),
      redrive: async ({ process, key }) => {
        const isOpen = (await views.get(processWork, `${process}/${key}`)) !== undefined;
        // Their next owner starts all open work at once.
        const nothing = { name: PROCESSES, start: () => ({ stop: async () => undefined }) };
        if (isOpen) await takeOver(views.leases, owner, nothing, async () => undefined);
        return isOpen;
      },
      resume: (flow) => resume(flow, gateway),
      send: (request) => gateway.send(request),
    },
    close,
  };
}
