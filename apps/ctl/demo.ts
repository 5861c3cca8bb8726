// One share through its lifecycle, printed on the terminal: `npm run demo [-- --url http://127.0.0.1:3000]`.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Http } from './demo-client.ts';
import { Narrator } from './demo-narrator.ts';
import { answers, TemporaryService } from './demo-service.ts';
import { tellStory } from './demo-story.ts';

const USAGE = 'Usage: npm run demo [-- --url http://127.0.0.1:3000]';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function main(): Promise<boolean> {
  const { url } = parseArgs({ options: { url: { type: 'string' } } }).values;
  const narrator = new Narrator(process.stdout);
  if (url !== undefined && (await answers(url))) {
    process.stdout.write(`Against the service at ${url}\n`);
    return run(url, narrator);
  }
  if (url !== undefined) process.stdout.write(`Nothing answers at ${url}.\n`);
  // An interruption, also a closed pipe, stops the service too.
  const ends = [...SIGNALS.map((signal) => once(process, signal)), once(process.stdout, 'error')];
  const interrupted = Promise.race(ends).then(() => false);
  await using service = await TemporaryService.start();
  process.stdout.write(
    `Against a service of its own at ${service.url}, data in ${service.directory}, until the end\n`,
  );
  return await Promise.race([run(service.url, narrator), interrupted]);
}

/** @returns whether all checks passed */
async function run(url: string, narrator: Narrator): Promise<boolean> {
  await tellStory(new Http(url), narrator);
  narrator.end();
  return narrator.differences.length === 0;
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`\nThe demo could not continue. ${(error as Error).message}\n${USAGE}\n`);
  process.exitCode = 1;
}
