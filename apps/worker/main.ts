// The worker by itself: on the embedded stores, or one of several on those its environment names.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { applicationModule, CommandGateway, newId, systemClock } from '#application';
import { projections } from '#projections';
import { parseSealingKeys } from '#seal';
import { ProjectionViews } from '#subscriptions';
import { AdjustableClock } from '../adjustable-clock.ts';
import { explainStart } from '../explain.ts';
import { checkpointIn, settingsIn } from '../sealing.ts';
import { readConfig, type WorkerConfig } from './config.ts';
import { healthServer } from './health.ts';
import { openStores } from './stores.ts';
import { Worker } from './worker.ts';

async function main(config: WorkerConfig): Promise<void> {
  const { dataDir, host, port, development, logLevel, sealing } = config;
  const log = pino({ name: 'worker', level: logLevel });
  let rebuild = (): void => undefined;
  const { events, views } = await openStores(config, log, () => rebuild());
  const { keys, intervalMs } = settingsIn(dataDir, sealing);
  const clock = development ? new AdjustableClock(dataDir) : systemClock;
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore: events,
      views: new ProjectionViews(views, projections),
      clock,
      // Processes neither approve shares nor create tokens: only services need the settings for that.
      revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      tokenKey: randomBytes(32),
    }),
    { logger: false },
  );
  const gateway = application.get(CommandGateway);
  const commands = { send: gateway.sendCaused.bind(gateway) };
  // On embedded stores it is the only worker.
  const lease = config.stores && { owner: `${hostname()} ${process.pid} ${newId()}` };
  const worker = new Worker({
    reader: events,
    views,
    commands,
    clock,
    log,
    lease,
    sealing: {
      keys: parseSealingKeys(keys),
      intervalMs,
      // Workers that share stores share no folder.
      copy: config.stores ? undefined : checkpointIn(dataDir),
    },
  });
  rebuild = () => worker.viewsDiscarded();
  await worker.start();

  const server = healthServer(worker).listen(port, host);
  await once(server, 'listening');
  log.info({ port: (server.address() as AddressInfo).port }, 'The worker has started');

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  log.info({}, 'The worker is stopping');
  server.close();
  server.closeAllConnections();
  await worker.stop();
  await application.close();
  await Promise.all([views.close(), events.close()]);
}

try {
  await main(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exitCode = 1;
}
