// The worker by itself: on the embedded stores, or one of several on those its environment names.
import 'reflect-metadata';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { pino } from 'pino';
import { newId } from '#application';
import { parseSealingKeys } from '#seal';
import { operationsOf } from '../admin/operations.ts';
import { serveAdmin } from '../admin/socket.ts';
import { explainStart } from '../explain.ts';
import { MetricsAccess } from '../metrics/access.ts';
import { checkpointIn, settingsIn } from '../sealing.ts';
import { Secret } from '../secret.ts';
import { startTelemetry } from '../telemetry/index.ts';
import { webhookConfig } from '../webhooks.ts';
import { readConfig, type WorkerConfig } from './config.ts';
import { healthServer } from './health.ts';
import { Monitoring } from './monitoring.ts';
import { openWorker } from './open.ts';

async function main(config: WorkerConfig): Promise<void> {
  const { dataDir, stores, host, port, logLevel, sealing } = config;
  const log = pino({ name: 'worker', level: logLevel });
  const telemetry = await startTelemetry(config.tracing, stores !== undefined, log);
  const { keys, intervalMs } = settingsIn(dataDir, sealing);
  const secret = stores?.secret ?? Secret.in(dataDir);
  const monitoring = new Monitoring(new MetricsAccess(config.metricsToken, true));
  const {
    worker,
    gateway,
    keys: personalKeys,
    close,
  } = await openWorker(config, log, {
    // On embedded stores it is the only worker.
    lease: stores && { owner: `${hostname()} ${process.pid} ${newId()}` },
    observeCommand: monitoring.command,
    webhooks: webhookConfig(secret, config.webhooksAllowPrivate),
    sealing: {
      keys: parseSealingKeys(keys),
      intervalMs,
      // Workers that share stores share no folder.
      copy: stores ? undefined : checkpointIn(dataDir),
    },
  });
  const prepared = personalKeys.prepare();
  // A server that does not answer yet is asked again with the first key that is needed.
  if (stores)
    prepared.catch((error) => log.warn({ err: error }, 'The keys of data subjects could not be checked'));
  else await prepared;
  await worker.start();

  const admin = stores ? undefined : await serveAdmin(operationsOf(worker, gateway), dataDir, log);
  const server = healthServer(worker, monitoring.of(worker)).listen(port, host);
  await once(server, 'listening');
  log.info({ port: (server.address() as AddressInfo).port }, 'The worker has started');

  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  log.info({}, 'The worker is stopping');
  for (const each of [server, admin]) {
    each?.close();
    each?.closeAllConnections();
  }
  await worker.stop();
  await close();
  await telemetry.stop();
}

try {
  await main(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exitCode = 1;
}
