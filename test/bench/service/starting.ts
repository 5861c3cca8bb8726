import { pino } from 'pino';
import { type Config, readConfig } from '../../../apps/api/config.ts';
import { Service } from '../../../apps/api/service.ts';

/** The service with its worker thread, as it runs on one's own machine, on the files of a directory. */
export function startService(directory: string): Promise<Service> {
  return Service.start(benchmarkConfig(directory), pino({ level: 'error' }));
}

/** The service as it is set by default, which may be asked as much as it can answer. */
export function benchmarkConfig(directory: string): Config {
  const settings = { PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'error', RATE_LIMIT: '1000000000' };
  return readConfig(settings, false);
}

/** A token of an administrator of the account. */
export async function signIn({ url }: Pick<Service, 'url'>, account: string): Promise<string> {
  const answer = await fetch(`${url}/dev/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, roles: ['administrator'] }),
  });
  return ((await answer.json()) as { token: string }).token;
}
