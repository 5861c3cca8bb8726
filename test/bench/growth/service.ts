// The whole service on its own files, which can be asked how it is.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { projections } from '#projections';
import { followerOf } from '#subscriptions';
import { Service } from '../../../apps/api/service.ts';
import { mostMemory } from '../measuring.ts';
import { benchmarkConfig } from '../service/starting.ts';

/** What it can be asked, with what it answers. */
export type Questions = {
  /** Waits until every view reflects all of the log. The most bytes that the process has had in memory so far. */
  memoryOnceBuilt: number;
  /** The longest that the event loop was held since it was asked last, in milliseconds. */
  worstDelay: number;
};

/** What it says first: where it listens, and how long it took from the start of its process. */
export interface Started {
  readonly url: string;
  readonly milliseconds: number;
}

const BUILD_MS = 10 * 60_000;
const DELAY_RESOLUTION_MS = 1;

const [dataDir] = process.argv.slice(2) as [string];
const service = await Service.start(benchmarkConfig(dataDir), pino({ level: 'error' }, pino.destination(2)));
const { eventStore, views } = service.ports;
/** Runs from the first time that it is asked: it wakes the process every millisecond. */
const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
let isWatched = false;

const answers: { readonly [Question in keyof Questions]: () => Promise<number> } = {
  memoryOnceBuilt: async () => {
    const head = await eventStore.head();
    const built = await Promise.all(projections.map((one) => views.waitFor(followerOf(one), head, BUILD_MS)));
    if (!built.every(Boolean)) throw new Error('The views did not come to the end of the log.');
    return mostMemory();
  },
  worstDelay: async () => {
    // The delay is noted once the loop is free again.
    do await pause(5 * DELAY_RESOLUTION_MS);
    while (isWatched && delay.count === 0);
    const worst = delay.max / 1e6;
    delay.reset();
    delay.enable();
    isWatched = true;
    return worst;
  },
};

process.on('message', async (question: keyof Questions) => process.send?.(await answers[question]()));
process.once('disconnect', () => process.exit());
process.once('SIGTERM', async () => {
  await service.stop();
  process.disconnect();
});
const started: Started = { url: service.url, milliseconds: performance.now() };
process.send?.(started);
