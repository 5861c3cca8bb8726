import { SqliteEventStore } from '#event-store/sqlite';
import { withChild } from '../child.ts';
import { seedAccount, seedConnections } from '../connections.ts';
import { compared, type Figure, rate } from '../figures.ts';
import { type Address, type Load, latencies, renameAll } from '../load.ts';
import { inTurns, withDirectory } from '../measuring.ts';

const CONNECTIONS = 64;

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
    const store = await SqliteEventStore.open({ directory });
    const account = await seedAccount(store);
    const seeded = await seedConnections(store, connections, account);
    await store.close();
    return withChild(`http/${name}-server.js`, [directory, account], (address: Address) =>
      use({ load: (first, count) => renameAll(address, seeded.slice(first, first + count), CONNECTIONS) }),
    );
  });
}
