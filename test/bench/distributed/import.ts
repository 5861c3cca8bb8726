import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { applicationModule, CommandGateway, systemClock } from '#application';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { projections } from '#projections';
import { catalogueProjection } from '#projections/catalogue';
import { installationsProjection } from '#projections/installations';
import { followerOf, ProjectionViews } from '#subscriptions';
import { MongoViewStore } from '#view-store/mongodb';
import { Worker } from '../../../apps/worker/worker.ts';
import { clusterSettings, startApi } from '../../programs/program.ts';
import { seedAccount } from '../connections.ts';
import { type Figure, rate } from '../figures.ts';
import type { Address } from '../load.ts';
import { timed, withDirectory } from '../measuring.ts';
import { catalogueFile } from '../service/catalogue-file.ts';
import { silent } from './catch-up.ts';
import { signIn, withPrograms } from './programs.ts';
import { type Servers, withViews } from './stores.ts';

const WAIT_MS = 60_000;
const IMPORT_MS = 5 * 60_000;
/** How often is asked whether it has been completed. */
const ASK_EVERY_MS = 50;
const VIEWS = [catalogueProjection, installationsProjection].map(followerOf);

/**
 * A catalogue file received by a service and imported by a worker: from its first byte until the views show the last
 * row. The worker runs in this process, so that its CPU time can be measured.
 */
export async function measureImport(
  { events, views }: Servers,
  { rows }: { readonly rows: number },
): Promise<Figure[]> {
  const store = new EventStoreDbEventStore({ url: events });
  try {
    return await withViews(views, await store.head(), (database) =>
      withDirectory((directory) =>
        withPrograms(async (track) => {
          const service = await track(startApi(clusterSettings(events, database, directory)));
          return withWorker(store, database, async (viewStore) => {
            const [address] = await signIn([service], await seedAccount(store));
            const file = catalogueFile(0, rows);
            const cpuBefore = process.cpuUsage();
            const measured = await timed(rows, async () => {
              await imported(address as Address, file);
              const head = await store.head();
              const shown = await Promise.all(VIEWS.map((view) => viewStore.waitFor(view, head, WAIT_MS)));
              if (shown.includes(false)) throw new Error(`Not every view reached ${head}.`);
            });
            const { user, system } = process.cpuUsage(cpuBefore);
            return [
              rate('distributed.import', [measured], 'rows/s'),
              { name: 'distributed.import.cpu', value: (user + system) / rows, unit: 'µs' },
            ];
          });
        }),
      ),
    );
  } finally {
    await store.close();
  }
}

/** Sends the file, and waits until it has been imported. */
async function imported({ url, token }: Address, file: string): Promise<void> {
  const authorization = `Bearer ${token}`;
  const sent = await fetch(`${url}/v1/catalogue/imports`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'text/csv' },
    body: file,
  });
  if (sent.status !== 202) throw new Error(`The file was answered with ${sent.status}.`);
  const { id } = (await sent.json()) as { id: string };
  const signal = AbortSignal.timeout(IMPORT_MS);
  for (let status = ''; status !== 'completed'; ) {
    await pause(ASK_EVERY_MS, undefined, { signal });
    const asked = await fetch(`${url}/v1/catalogue/imports/${id}`, { headers: { authorization }, signal });
    // The view has yet to come to it.
    if (asked.status !== 404) ({ status } = (await asked.json()) as { status: string });
  }
}

/** A worker that executes the commands of its processes, as the program does. */
async function withWorker<Result>(
  reader: EventStoreDbEventStore,
  database: string,
  use: (views: MongoViewStore) => Promise<Result>,
): Promise<Result> {
  const views = new MongoViewStore({ url: database });
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore: reader,
      views: new ProjectionViews(views, projections),
      clock: systemClock,
      revocationWindow: { kind: 'window', milliseconds: 1, from: 'placed' },
      tokenKey: Buffer.alloc(32, 2),
    }),
    { logger: false },
  );
  const gateway = application.get(CommandGateway);
  const commands = { send: gateway.sendCaused.bind(gateway) };
  const webhooks = { key: Buffer.alloc(32, 2), allowPrivate: false };
  const worker = new Worker({ reader, views, commands, clock: systemClock, log: silent, webhooks });
  try {
    await worker.start();
    return await use(views);
  } finally {
    await worker.stop();
    await application.close();
    await views.close();
  }
}
