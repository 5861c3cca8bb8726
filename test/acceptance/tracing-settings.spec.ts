// Where traces go to, and what that costs who wants none.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TracedWorld } from './traced.ts';
import { until } from './world.ts';

let traced: TracedWorld;
let folder: string;

beforeAll(async () => {
  traced = await TracedWorld.begin();
});

afterAll(() => traced?.end());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tessera-loaded-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** The packages of OpenTelemetry that a program has loaded, each of whose threads wrote to the folder what it ran. */
async function loadedPackages(): Promise<readonly string[]> {
  const names = await readdir(folder);
  const written = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(written.filter((text) => text.includes('/libs/tracing/')).length).toBeGreaterThanOrEqual(2);
  const found = written.flatMap((text) => [...text.matchAll(/node_modules\/(@opentelemetry\/[\w-]+)/g)]);
  return [...new Set(found.map(([, name]) => name as string))];
}

describe('traces', () => {
  it('that were recorded are sent before the program ends', async () => {
    await traced.restart({ OTEL_BSP_SCHEDULE_DELAY: '600000' });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4740';
    const { delivered } = await traced.approveWithin(trace);
    expect(await traced.world.stop()).toBe(0);
    await traced.spansOf(trace, ['command ApproveShare'], delivered);
  });

  it('are sampled as configured', async () => {
    await traced.restart({ OTEL_TRACES_SAMPLER: 'always_off', NODE_V8_COVERAGE: folder });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4741';
    await traced.approveWithin(trace);
    expect(await traced.world.stop()).toBe(0);
    expect(traced.traces.spans.filter((span) => span.trace === trace)).toEqual([]);
    expect(await loadedPackages()).toContain('@opentelemetry/sdk-trace');
  });

  it('that cannot be exported disturb no command and no stop', async () => {
    const before = traced.traces.requests;
    traced.traces.silent = true;
    await traced.restart();
    await traced.approveWithin('4bf92f3577b34da6a3ce929d0e0e4742');
    await until(
      async () => traced.traces.requests,
      (requests) => requests > before,
    );
    expect(await traced.world.stop()).toBe(0);
    traced.traces.silent = false;
  });

  it('are propagated where none is recorded, without loading OpenTelemetry', async () => {
    await traced.world.restart({ NODE_V8_COVERAGE: folder });
    const { sent, delivered } = await traced.approveWithin('4bf92f3577b34da6a3ce929d0e0e4743');
    expect(delivered).toBe(sent);
    expect(await traced.world.stop()).toBe(0);
    // That one alone, without effect: the client of Prometheus asks whether there is anything.
    expect(await loadedPackages()).toEqual(['@opentelemetry/api']);
  });
});
