import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../../../apps/api/service.ts';
import type { Figure } from '../figures.ts';
import { askOf, type Companies } from './companies.ts';

/** Between two of them. */
const PAUSE_MS = 10;

/**
 * Commands of another company than the one that is busy, one after the other.
 * @param least how many at least
 * @param busy goes on until this has ended; until then, without
 * @returns how long each took, in milliseconds
 */
export async function measureOthers(
  service: Service,
  { requester }: Companies,
  least: number,
  busy: Promise<unknown> = Promise.resolve(),
): Promise<readonly number[]> {
  const ask = askOf(service);
  let over = false;
  const end = () => {
    over = true;
  };
  busy.then(end, end);
  const times: number[] = [];
  while (!over || times.length < least) {
    const start = performance.now();
    await ask(requester, 'administrator', 'CreateConnection', { label: `Other ${times.length}` });
    times.push(performance.now() - start);
    await delay(PAUSE_MS);
  }
  return times;
}

/** What 99 of a hundred took at most. */
export function latencyOf(name: string, times: readonly number[]): Figure {
  const sorted = times.toSorted((one, other) => one - other);
  return { name, value: sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0, unit: 'ms' };
}
