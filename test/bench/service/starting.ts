import { pino } from 'pino';
import { Service } from '../../../apps/api/service.ts';

/** The service with its worker thread, as it runs on one's own machine, on the files of a directory. */
export function startService(directory: string): Promise<Service> {
  return Service.start(
    {
      host: '127.0.0.1',
      port: 0,
      dataDir: directory,
      demo: false,
      authentication: { mode: 'development' },
      revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      logLevel: 'error',
    },
    pino({ level: 'error' }),
  );
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
