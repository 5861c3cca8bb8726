import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { v7 as uuid } from 'uuid';
import { SqliteEventStore } from '#event-store/sqlite';
import { type SeededConnection, seedConnections } from '../connections.ts';
import { compared, type Figure, rate } from '../figures.ts';
import { inTurns, type Measured, withDirectory } from '../measuring.ts';

const CONNECTIONS = 64;

/** Servers run compiled code, also when this runs from source. */
const SERVERS = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/test/bench/http/', import.meta.url)
  : new URL('./', import.meta.url);

/** How a server did under load; the milliseconds each request took. */
interface Load extends Measured {
  readonly times: readonly number[];
}

export interface HttpSize {
  /** For each server, each turn. */
  readonly commands: number;
  readonly turns: number;
  /** For each server, before. */
  readonly warmUp: number;
}

/**
 * Commands over HTTP, 64 at a time, each on a stream of four events that has to be loaded: the service against the
 * bare server.
 */
export async function measureHttp({ commands, turns, warmUp }: HttpSize): Promise<Figure[]> {
  return withServer('tessera', warmUp + turns * commands, async (ours) =>
    withServer('bare', warmUp + turns * commands, async (limit) => {
      await ours.load(0, warmUp);
      await limit.load(0, warmUp);
      const [loads, bareLoads] = await inTurns(
        turns,
        (turn) => ours.load(warmUp + turn * commands, commands),
        (turn) => limit.load(warmUp + turn * commands, commands),
      );
      const bare = rate('http.commands.bare', bareLoads, 'commands/s');
      return [
        compared(rate('http.commands', loads, 'commands/s'), bare, 0.75),
        ...latencies('http.commands', loads),
        bare,
        ...latencies('http.commands.bare', bareLoads),
      ];
    }),
  );
}

function latencies(name: string, loads: readonly Load[]): Figure[] {
  const times = loads.flatMap((load) => load.times).sort((a, b) => a - b);
  const percentile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? 0;
  return [
    { name: `${name}.p50`, value: percentile(0.5), unit: 'ms' },
    { name: `${name}.p99`, value: percentile(0.99), unit: 'ms' },
  ];
}

interface Server {
  /** Renames `count` connections, beginning with the `first`. */
  load(first: number, count: number): Promise<Load>;
}

async function withServer<Result>(
  name: 'tessera' | 'bare',
  connections: number,
  use: (server: Server) => Promise<Result>,
): Promise<Result> {
  return withDirectory(async (directory) => {
    const account = uuid();
    const store = await SqliteEventStore.open({ directory });
    const seeded = await seedConnections(store, connections, account);
    await store.close();
    const child = fork(fileURLToPath(new URL(`${name}-server.js`, SERVERS)), [directory, account]);
    try {
      const address = await listening(child);
      return await use({ load: (first, count) => load(address, seeded.slice(first, first + count)) });
    } finally {
      await end(child);
    }
  });
}

/** Where a server listens, as it tells once it does. */
interface Address {
  readonly url: string;
  /** What it asks of its callers. */
  readonly token?: string;
}

async function listening(child: ChildProcess): Promise<Address> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('A server ended before it listened.');
  });
  const [address] = (await Promise.race([once(child, 'message'), ended])) as [Address];
  return address;
}

async function load({ url, token }: Address, targets: readonly SeededConnection[]): Promise<Load> {
  let next = 0;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const times: number[] = [];
  const start = performance.now();
  let last = start;
  const result = await autocannon({
    url,
    connections: Math.min(CONNECTIONS, targets.length),
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
    setupClient: (client) => {
      client.on('response', (_status, _bytes, milliseconds) => {
        times.push(milliseconds);
        last = performance.now();
      });
    },
  });
  const failed = result.non2xx + result.errors;
  if (failed > 0) throw new Error(`${failed} of ${targets.length} requests failed.`);
  return { count: targets.length, seconds: (last - start) / 1000, times };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}
