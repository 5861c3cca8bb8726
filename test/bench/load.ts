import autocannon from 'autocannon';
import type { SeededConnection } from './connections.ts';
import type { Figure } from './figures.ts';
import type { Measured } from './measuring.ts';

/** The result of a load; the duration of each request in milliseconds. */
export interface Load extends Measured {
  readonly times: readonly number[];
}

/** The URL of a server. */
export interface Address {
  readonly url: string;
  /** The bearer token it requires. */
  readonly token?: string;
}

/** Names given so far: none is given twice, for a name that stays is no change. */
let names = 0;

/**
 * Renames each of the targets, over that many concurrent connections.
 * @throws Error requests failed; the message has their statuses and codes
 */
export async function renameAll(
  { url, token }: Address,
  targets: readonly SeededConnection[],
  connections: number,
): Promise<Load> {
  let next = 0;
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const times: number[] = [];
  const refusals = new Refusals();
  const start = performance.now();
  let last = start;
  const result = await autocannon({
    url,
    connections: Math.min(connections, targets.length),
    amount: targets.length,
    // How often autocannon checks whether it has finished.
    sampleInt: 50,
    requests: [
      {
        method: 'POST',
        headers,
        setupRequest: (request) => {
          const target = targets[next % targets.length] as SeededConnection;
          next++;
          names++;
          request.path = `/v1/connections/${target.id}/rename`;
          request.body = JSON.stringify({ label: `Renamed ${names}` });
          return request;
        },
        onResponse: (status, body) => refusals.add(status, body),
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
  if (failed > 0) {
    throw new Error(`${failed} of ${targets.length} requests failed: ${refusals.summary(result.errors)}.`);
  }
  return { count: targets.length, seconds: (last - start) / 1000, times };
}

/** The answers of refused requests. */
class Refusals {
  /** Counts by status and problem code. */
  private readonly counts = new Map<string, number>();

  add(status: number, body: string): void {
    if (status < 300) return;
    const what = `${status} ${codeIn(body)}`;
    this.counts.set(what, 1 + (this.counts.get(what) ?? 0));
  }

  /** @param unanswered the number of requests without an answer */
  summary(unanswered: number): string {
    const all = [...this.counts, ['no answer', unanswered] as const].filter(([, count]) => count > 0);
    return all.map(([what, count]) => `${count} × ${what}`).join(', ');
  }
}

/** The code of a problem document; of any other body its beginning. */
function codeIn(body: string): string {
  try {
    const { code } = JSON.parse(body) as { readonly code?: unknown };
    if (typeof code === 'string') return code;
  } catch {
    // Not a problem document.
  }
  return JSON.stringify(body.slice(0, 80));
}

/** The median and the 99th percentile of the durations. */
export function latencies(name: string, loads: readonly Load[]): Figure[] {
  const times = loads.flatMap((load) => load.times).sort((a, b) => a - b);
  const percentile = (part: number) => times[Math.floor(part * (times.length - 1))] ?? 0;
  return [
    { name: `${name}.p50`, value: percentile(0.5), unit: 'ms' },
    { name: `${name}.p99`, value: percentile(0.99), unit: 'ms' },
  ];
}
