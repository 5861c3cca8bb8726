import autocannon from 'autocannon';
import type { SeededConnection } from './connections.ts';
import type { Figure } from './figures.ts';
import type { Measured } from './measuring.ts';

/** How a server did under load; the milliseconds each request took. */
export interface Load extends Measured {
  readonly times: readonly number[];
}

/** Where a server listens. */
export interface Address {
  readonly url: string;
  /** What it asks of its callers. */
  readonly token?: string;
}

/**
 * Renames each of the targets, over so many connections at once.
 * @throws Error a request failed
 */
export async function renameAll(
  { url, token }: Address,
  targets: readonly SeededConnection[],
  connections: number,
): Promise<Load> {
  let next = 0;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const times: number[] = [];
  const start = performance.now();
  let last = start;
  const result = await autocannon({
    url,
    connections: Math.min(connections, targets.length),
    amount: targets.length,
    // How long it may take until it notices that it is through.
    sampleInt: 50,
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

/** The median and the 99th percentile of what the requests took. */
export function latencies(name: string, loads: readonly Load[]): Figure[] {
  const times = loads.flatMap((load) => load.times).sort((a, b) => a - b);
  const percentile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? 0;
  return [
    { name: `${name}.p50`, value: percentile(0.5), unit: 'ms' },
    { name: `${name}.p99`, value: percentile(0.99), unit: 'ms' },
  ];
}
