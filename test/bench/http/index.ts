import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { v7 as uuid } from 'uuid';
import { SqliteEventStore } from '#event-store/sqlite';
import { type SeededConnection, seedConnections } from './connections.ts';

const CONNECTIONS = 64;
const WARM_UP = 4_000;
const MEASURED = 24_000;

/** What a server under load came to. */
export interface HttpFigures {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Commands over HTTP, each on a stream of four events that has to be loaded: the service against the bare server.
 */
export async function measureHttp(server: 'tessera' | 'bare'): Promise<HttpFigures> {
  const directory = await mkdtemp(join(tmpdir(), 'tessera-bench-'));
  try {
    const account = uuid();
    const store = await SqliteEventStore.open({ directory });
    const seeded = await seedConnections(store, WARM_UP + MEASURED, account);
    await store.close();
    const child = fork(fileURLToPath(new URL(`./${server}-server.js`, import.meta.url)), [directory, account]);
    try {
      const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token?: string }];
      await load(url, token, seeded.slice(0, WARM_UP));
      return await load(url, token, seeded.slice(WARM_UP));
    } finally {
      await end(child);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function load(url: string, token: string | undefined, targets: readonly SeededConnection[]): Promise<HttpFigures> {
  let next = 0;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    amount: targets.length,
    requests: [
      {
        method: 'POST',
        headers,
        setupRequest: (request) => {
          const target = targets[next % targets.length] as SeededConnection;
          next++;
          request.path = `/v1/connections/${target.id}/rename`;
          request.body = JSON.stringify({ label: `Renamed ${next}` });
          return request;
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} requests were refused.`);
  return { perSecond: targets.length / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
