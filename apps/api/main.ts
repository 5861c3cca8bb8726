// The service on the embedded stores: `npm start`.
import { once } from 'node:events';
import { pino } from 'pino';
import { EventStoreUnusable } from '#event-store';
import { InvalidConfig } from '../environment.ts';
import { type Config, readConfig } from './config.ts';
import { Service } from './service.ts';

async function main(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }));
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const service = await Service.start(config, log);
  process.stdout.write(welcome(config, service.url));
  await stopped;
  process.stdout.write('Stopping: what was accepted is finished first.\n');
  await service.stop();
  log.flush();
}

function welcome({ dataDir, authentication }: Config, url: string): string {
  const lines = [
    `Tessera listens on ${url}`,
    `  data          ${dataDir} (kept between starts; remove it to begin anew)`,
    `  API           ${url}/docs`,
  ];
  if (authentication.mode === 'development') {
    lines.push(`  sign in       curl -s ${url}/dev/accounts, then POST ${url}/dev/sign-in`);
  }
  return `${lines.join('\n')}\n`;
}

try {
  await main(readConfig(process.env, process.argv.includes('--demo')));
} catch (error) {
  const expected = error instanceof InvalidConfig || error instanceof EventStoreUnusable;
  process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}
