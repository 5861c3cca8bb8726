// The service: `npm start` on the embedded stores, or on those its environment names.
import { once } from 'node:events';
import { type Logger, pino } from 'pino';
import { explainStart } from '../explain.ts';
import { startTelemetry } from '../telemetry/index.ts';
import { type Config, readConfig, servesConsole } from './config.ts';
import { Service } from './service.ts';

async function main(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }));
  const stopping = new AbortController();
  const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const telemetry = await startTelemetry(config.tracing, config.stores !== undefined, log);
  const service = await Service.start(config, log);
  // Nobody may ever start the service again to complete a demo world.
  if (!config.demo) await service.ownClock?.catchUp();
  say(welcome(config, service.url));
  const seeding = config.demo ? seed(service, log, stopping.signal) : undefined;
  await stopped;
  say('Stopping: what was accepted is finished first.');
  stopping.abort();
  await seeding;
  await service.stop();
  await telemetry.stop();
  log.flush();
}

/** Creates the demo world while the service already answers. */
async function seed(
  { gateway, imports, ports, ownClock }: Service,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { demoNews, seedDemoWorld } = await import('./demo/index.ts');
    const { eventStore: events, views } = ports;
    say(demoNews(await seedDemoWorld({ gateway, imports, events, views, log, signal, clock: ownClock })));
  } catch (error) {
    if (!signal.aborted)
      log.error(
        { err: error },
        'The demo world could not be completed; the next start will continue with it',
      );
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function welcome(config: Config, url: string): string {
  const { dataDir, stores, authentication } = config;
  const lines = [
    `Tessera listens on ${url}`,
    ...(servesConsole(config) ? [`  open          ${consoleAt(authentication, url)}/`] : []),
    `  data          ${stores ? 'in shared stores' : `${dataDir} (kept between starts; remove it to start over)`}`,
    `  API           ${url}/docs`,
  ];
  if (authentication.mode === 'development') {
    lines.push(`  sign in       curl -s ${url}/dev/accounts, then POST ${url}/dev/sign-in`);
  }
  return lines.join('\n');
}

/** Where browsers find the console: not where the service listens, if there is a proxy before it. */
function consoleAt(authentication: Config['authentication'], url: string): string {
  return (authentication.mode === 'oidc' && authentication.signIn?.publicUrl) || url;
}

try {
  await main(readConfig(process.env, process.argv.includes('--demo')));
} catch (error) {
  process.stderr.write(`${explainStart(error)}\n`);
  process.exitCode = 1;
}
