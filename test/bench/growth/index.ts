import { SqliteEventStore } from '#event-store/sqlite';
import { type Figure, figure } from '../figures.ts';
import { withDirectory } from '../measuring.ts';
import { type GrowthWorld, writeLog } from './log.ts';
import { type Query, queriesOf } from './queries.ts';
import { RunningService } from './running-service.ts';

export interface GrowthSize {
  /** Of each log, about. */
  readonly logs: readonly number[];
  /** How often each query is asked. */
  readonly times: number;
}

/**
 * The service on logs of growing size, of which one account has two fifths: how long a page of each query takes one
 * client, how long the service answers nobody else meanwhile, how long a start takes, also after a sudden end, and how
 * much memory, while every view is built from the start of the log.
 */
export async function measureGrowth({ logs, times }: GrowthSize): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const events of logs) {
    await withDirectory(async (directory) => {
      const world = await filled(directory, events);
      figures.push(...(await measureOn(directory, world, times)).map((one) => ofLog(one, events)));
    });
  }
  return figures;
}

async function filled(directory: string, events: number): Promise<GrowthWorld> {
  const store = await SqliteEventStore.open({ directory });
  try {
    return await writeLog(store, events);
  } finally {
    await store.close();
  }
}

async function measureOn(directory: string, world: GrowthWorld, times: number): Promise<Figure[]> {
  const service = await RunningService.start(directory);
  const memory = await service.ask('memoryOnceBuilt');
  const figures: Figure[] = [figure('memory', [memory / 1e6], 'MB')];
  for (const query of queriesOf(world)) {
    const token = await service.tokenOf(world[query.account]);
    await service.ask('worstDelay');
    const taken: number[] = [];
    for (let time = 0; time < times; time++) taken.push(await milliseconds(service, query, token));
    figures.push({ ...figure(query.name, taken, 'ms'), turns: undefined });
    figures.push(figure(`${query.name}.delay`, [await service.ask('worstDelay')], 'ms'));
  }
  await service.end('orderly');
  figures.push(figure('start', [await startTime(directory, 'suddenly')], 'ms'));
  figures.push(figure('start.afterKill', [await startTime(directory, 'orderly')], 'ms'));
  return figures;
}

async function milliseconds(
  { url }: RunningService,
  { name, path, body }: Query,
  token: string,
): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const start = performance.now();
  const answer = await fetch(`${url}${path}`, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name} was answered with ${answer.status}: ${text.slice(0, 200)}`);
  return performance.now() - start;
}

async function startTime(directory: string, end: 'orderly' | 'suddenly'): Promise<number> {
  const service = await RunningService.start(directory);
  await service.end(end);
  return service.startMs;
}

function ofLog(one: Figure, events: number): Figure {
  return { ...one, name: `growth.${events}.${one.name}` };
}
