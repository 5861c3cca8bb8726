// Specs of projections use a small double of the engine and its store: its documents must equal theirs.
import { describe, expect, it } from '@jest/globals';
import { deserialise } from '#contracts';
import { projections } from '#projections';
import { type Projection, ProjectionEngine, ProjectionViews } from '#subscriptions';
import type { ViewReader } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { MemoryLog } from '../../libs/subscriptions/testing/memory-log.ts';
import { Views } from '../../projections/testing.ts';
import { storedLog, stories } from '../compatibility/stories.ts';

const WAIT_MS = 60_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Runs `use` on the views that the engine builds from a log. */
async function withEngine(
  projection: Projection,
  log: MemoryLog,
  use: (views: ViewReader) => Promise<void>,
): Promise<void> {
  const store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  const engine = new ProjectionEngine({
    reader: log,
    views: store,
    projections: [projection],
    deserialise,
    clock: { now: () => '2026-03-01T09:00:00.000Z' },
    log: silent,
  });
  engine.start();
  const views = new ProjectionViews(store, [projection]);
  try {
    expect(await views.waitFor(projection.name, await log.head(), WAIT_MS)).toBe(true);
    await use(views);
  } finally {
    await engine.stop();
    await views.close();
  }
}

describe('the view double of specs', () => {
  it.each(projections.map((projection) => [projection.name, projection] as const))(
    'has the documents of the engine: %s',
    async (_, projection) => {
      for (const { types } of stories) {
        const log = new MemoryLog();
        for (const event of storedLog(types)) await log.append(event.stream, [event], 'any');
        const double = new Views(projection).apply(...(await log.readAll()).map(deserialise));
        await withEngine(projection, log, async (views) => {
          for (const collection of projection.collections) {
            const kept = double.all(collection);
            const ids = kept.map(({ id }) => id);
            expect(await views.getMany(collection, ids)).toEqual(kept);
            for (const index of Object.keys(collection.indexes)) {
              const { items } = await views.find(collection, { index, prefix: [], limit: 1_000 });
              const found = items.map(({ id }) => id);
              expect({ index, found }).toEqual({ index, found: double.find(collection, index, []) });
            }
          }
        });
      }
    },
  );
});
