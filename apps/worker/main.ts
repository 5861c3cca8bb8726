// The worker by itself, on the embedded stores: it owns the log's file while it runs.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { applicationModule, CommandGateway, systemClock } from '#application';
import { SqliteEventStore } from '#event-store/sqlite';
import { SqliteViewStore } from '#view-store/sqlite';
import { InvalidConfig } from '../environment.ts';
import { readConfig, type WorkerConfig } from './config.ts';
import { healthServer } from './health.ts';
import { viewsPath } from './paths.ts';
import { Worker } from './worker.ts';

const HOST = '127.0.0.1';

async function main({ dataDir, port, logLevel }: WorkerConfig): Promise<void> {
  const log = pino({ name: 'worker', level: logLevel });
  const eventStore = await SqliteEventStore.open({ directory: dataDir });
  const views = new SqliteViewStore({
    path: viewsPath(dataDir),
    discarded: (reason) => log.warn({ reason }, 'The views were set aside and are built anew'),
  });
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore,
      views,
      clock: systemClock,
      // No process approves a share or makes a token; whoever serves people has these from its configuration.
      revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      tokenKey: randomBytes(32),
    }),
    { logger: false },
  );
  const gateway = application.get(CommandGateway);
  const commands = { send: gateway.sendCaused.bind(gateway) };
  const worker = new Worker({ reader: eventStore, views, commands, clock: systemClock, log });
  await worker.start();

  const server = healthServer(worker).listen(port, HOST);
  await once(server, 'listening');
  log.info({ dataDir, port: (server.address() as AddressInfo).port }, 'The worker runs');

  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await stopped;
  log.info({}, 'The worker stops');
  server.close();
  server.closeAllConnections();
  await worker.stop();
  await application.close();
  await Promise.all([views.close(), eventStore.close()]);
}

try {
  await main(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof InvalidConfig ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
