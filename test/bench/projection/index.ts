import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#application';
import { deserialise } from '#contracts';
import { type Position, START } from '#event-store';
import { SqliteEventReader, SqliteEventStore } from '#event-store/sqlite';
import { connectionsProjection } from '#projections/connections';
import { followerOf, type Log, ProjectionEngine, storedAs } from '#subscriptions';
import { ProgressSignals } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { compared, type Figure, rate } from '../figures.ts';
import { inTurns, type Measured, timed, withDirectory } from '../measuring.ts';
import { BareProjector } from './bare-projector.ts';
import { ConnectionLog } from './log.ts';

const projection = connectionsProjection;
const { name } = projection;
const follower = followerOf(projection);
const stored = projection.collections.map((collection) => storedAs(projection, collection));
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const WAIT_MS = 5 * 60_000;

export interface ProjectionSize {
  /** Connections of four events each. */
  readonly connections: number;
  readonly turns: number;
}

/** A log, and a view that reflects its beginning. */
interface Scene {
  readonly directory: string;
  /** A view file with everything up to `beginning`. */
  readonly base: string;
  readonly beginning: Position;
  readonly head: Position;
}

/** The engine catching up on most of the log, and rebuilding the view. */
interface EngineRun {
  readonly catchUp: Measured;
  readonly rebuild: Measured;
}

/**
 * Projecting connections, four events each: the engine against the simplest loop that writes the same
 * documents in the same tables.
 */
export async function measureProjection({ connections, turns }: ProjectionSize): Promise<Figure[]> {
  return withDirectory(async (directory) => {
    const scene = await prepare(directory, connections);
    const [engineRuns, bareRuns] = await inTurns(
      turns,
      async (turn) => measureEngine(scene, await copyOfBase(scene, `engine-${turn}`)),
      async (turn) => measureBare(scene, await copyOfBase(scene, `bare-${turn}`)),
    );
    const bare = rate('projection.bare', bareRuns, 'events/s');
    const catchUps = engineRuns.map(({ catchUp }) => catchUp);
    const rebuilds = engineRuns.map(({ rebuild }) => rebuild);
    return [
      compared(rate('projection.catchUp', catchUps, 'events/s'), bare, { atLeast: 1 }),
      compared(rate('projection.rebuild', rebuilds, 'events/s'), bare, { atLeast: 2 }),
      bare,
    ];
  });
}

async function prepare(directory: string, connections: number): Promise<Scene> {
  const log = new ConnectionLog(connections);
  const base = join(directory, 'base.db');
  const store = await SqliteEventStore.open({ directory });
  await log.writeBeginning(store);
  const beginning = await store.head();
  await withEngine(directory, base, (_engine, caughtUp) => caughtUp(beginning));
  await log.writeRest(store);
  const head = await store.head();
  await store.close();
  return { directory, base, beginning, head };
}

async function copyOfBase({ directory, base }: Scene, name: string): Promise<string> {
  const copy = join(directory, `${name}.db`);
  await copyFile(base, copy);
  return copy;
}

function measureEngine({ directory, beginning, head }: Scene, viewsPath: string): Promise<EngineRun> {
  return withEngine(directory, viewsPath, async (engine, caughtUp) => ({
    catchUp: await timed(head - beginning, () => caughtUp(head)),
    rebuild: await timed(head - START, async () => {
      await engine.rebuild(name);
      await caughtUp(head);
    }),
  }));
}

/** Runs `use` with a started engine. */
async function withEngine<Result>(
  directory: string,
  viewsPath: string,
  use: (engine: ProjectionEngine, caughtUp: (position: Position) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const reader = await SqliteEventReader.open({ directory });
  const views = new SqliteViewStore({
    path: viewsPath,
    discarded: () => undefined,
    collections: stored,
    signals: ProgressSignals.create([follower]),
  });
  const engine = new ProjectionEngine({
    reader,
    views,
    projections: [projection],
    deserialise,
    clock: systemClock,
    log: silent,
  });
  try {
    engine.start();
    return await use(engine, async (position) => {
      if (!(await views.waitFor(follower, position, WAIT_MS)))
        throw new Error(`${name} did not reach ${position}.`);
    });
  } finally {
    await engine.stop();
    await views.close();
    await reader.close();
  }
}

async function measureBare({ directory, beginning, head }: Scene, viewsPath: string): Promise<Measured> {
  const projector = new BareProjector(projection, directory, viewsPath);
  try {
    return await timed(head - beginning, () => projector.run(beginning));
  } finally {
    projector.close();
  }
}
