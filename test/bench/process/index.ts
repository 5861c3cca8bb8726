import { join } from 'node:path';
import { newId } from '#application';
import { SqliteEventStore } from '#event-store/sqlite';
import { BareLog } from '../bare/log.ts';
import { BareRenaming } from '../bare/rename.ts';
import { type SeededConnection, seedAccount, seedConnections } from '../connections.ts';
import { compared, type Figure, type Line, rate } from '../figures.ts';
import { inFlight, inTurns, type Measured, timed, withDirectory } from '../measuring.ts';
import { openEmmettInMemory, openEmmettOnSqlite } from './emmett.ts';
import type { Renamer } from './renamer.ts';
import { openTessera } from './tessera.ts';

const IN_FLIGHT = 64;
const UNIT = 'commands/s';
const NOT_BUILT =
  'its driver has no binary for this machine; npm explore sqlite3 -- npm run rebuild makes one';

export interface ProcessSize {
  /** Commands for each of the two, in each turn. */
  readonly commands: number;
  readonly turns: number;
  /** Commands for each of the two before the measurement. */
  readonly warmUp: number;
  /** Commands for Emmett, whose cost grows with the number of streams. */
  readonly peerCommands: { readonly inMemory: number; readonly onSqlite: number };
}

/**
 * Commands without HTTP, each on a stream of four events that has to be loaded: the command side of the service
 * against the same loads and appends by hand, and against Emmett.
 */
export async function measureProcess({
  commands,
  turns,
  warmUp,
  peerCommands,
}: ProcessSize): Promise<Line[]> {
  const [measured, bareMeasured] = await withRenamer(openTessera, warmUp + turns * commands, (ours) =>
    withRenamer(openBare, warmUp + turns * commands, async (limit) => {
      await ours(0, warmUp);
      await limit(0, warmUp);
      return inTurns(
        turns,
        (turn) => ours(warmUp + turn * commands, commands),
        (turn) => limit(warmUp + turn * commands, commands),
      );
    }),
  );
  const bare = rate('process.commands.bare', bareMeasured, UNIT);
  const ours = compared(rate('process.commands', measured, UNIT), bare, { atLeast: 0.8 });
  return [ours, bare, ...(await measurePeers(peerCommands, ours))];
}

/** Renames `count` connections, beginning with the `first`. */
type Run = (first: number, count: number) => Promise<Measured>;

async function withRenamer<Result>(
  open: (directory: string) => Promise<Renamer>,
  connections: number,
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  return withDirectory(async (directory) => {
    const store = await SqliteEventStore.open({ directory });
    const seeded = await seedConnections(store, connections, await seedAccount(store));
    await store.close();
    const renamer = await open(directory);
    try {
      return await use((first, count) => renameAll(renamer, seeded.slice(first, first + count), IN_FLIGHT));
    } finally {
      await renamer.close();
    }
  });
}

function renameAll(
  renamer: Renamer,
  connections: readonly SeededConnection[],
  limit: number,
): Promise<Measured> {
  return timed(connections.length, () =>
    inFlight(connections, limit, (connection) => renamer.rename(connection, 'Renamed')),
  );
}

async function openBare(directory: string): Promise<Renamer> {
  const log = new BareLog(directory);
  const renaming = new BareRenaming(log);
  return { rename: ({ id }, label) => renaming.rename(id, label), close: () => log.close() };
}

async function measurePeers(
  { inMemory, onSqlite }: ProcessSize['peerCommands'],
  ours: Figure,
): Promise<Line[]> {
  const inNewMemory = async () => {
    const connections = targets(inMemory);
    return renameAll(await openEmmettInMemory(connections), connections, IN_FLIGHT);
  };
  // The first is the warm-up. Each begins without streams.
  const [, ...renamed] = [await inNewMemory(), await inNewMemory(), await inNewMemory(), await inNewMemory()];
  return [
    compared(rate('process.commands.emmett-memory', renamed, UNIT), ours),
    await measureEmmettOnSqlite(onSqlite, ours),
  ];
}

/** One command at a time: of two at once, one fails because the database is locked. */
async function measureEmmettOnSqlite(commands: number, ours: Figure): Promise<Line> {
  const name = 'process.commands.emmett-sqlite';
  return withDirectory(async (directory) => {
    const connections = targets(commands);
    try {
      const renamer = await openEmmettOnSqlite(join(directory, 'emmett.db'), connections);
      return compared(rate(name, [await renameAll(renamer, connections, 1)], UNIT), ours);
    } catch (error) {
      const { message } = error as Error;
      return { name, reason: message.includes('bindings file') ? NOT_BUILT : message };
    }
  });
}

function targets(count: number): SeededConnection[] {
  return Array.from({ length: count }, () => ({ id: newId(), account: newId() }));
}
