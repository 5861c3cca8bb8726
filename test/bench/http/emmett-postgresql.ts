import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { newId } from '#application';
import { PostgresqlServer } from '../../servers/postgresql.ts';
import { withChild } from '../child.ts';
import { type Address, type Load, renameAll } from '../load.ts';
import { seedEmmett } from '../process/emmett.ts';

/** Each waits for its own commit, and PostgreSQL writes those that wait together. */
const APPENDS_AT_ONCE = 32;

export interface PeerSize {
  /** Commands in each turn. */
  readonly commands: number;
  /** Commands before the measurement. */
  readonly warmUp: number;
  /** Whether PostgreSQL is installed where it is missing. */
  readonly install: boolean;
}

export interface Peer {
  /** Renames the connections of this turn. */
  load(turn: number): Promise<Load>;
}

/** Why there is none. */
export interface Reason {
  readonly reason: string;
}

/**
 * Runs `use` with Emmett on a PostgreSQL server of its own, warmed up; or with the reason why there is no such server.
 */
export async function withEmmettOnPostgresql<Result>(
  { commands, warmUp, install }: PeerSize,
  turns: number,
  atOnce: number,
  use: (peer: Peer | Reason) => Promise<Result>,
): Promise<Result> {
  const started = await PostgresqlServer.start(install).catch(({ message }: Error) => ({
    // What a program said has several lines.
    reason: message.replaceAll(/\s+/g, ' '),
  }));
  if ('reason' in started) return use(started);
  try {
    const account = newId();
    const connections = Array.from({ length: warmUp + turns * commands }, () => ({ id: newId(), account }));
    const store = getPostgreSQLEventStore(started.url);
    await seedEmmett(store, connections, APPENDS_AT_ONCE);
    await store.close();
    return await withChild(
      'http/emmett-postgresql-server.js',
      [started.url, account],
      async (address: Address) => {
        const load = (first: number, count: number) =>
          renameAll(address, connections.slice(first, first + count), atOnce);
        await load(0, warmUp);
        return use({ load: (turn) => load(warmUp + turn * commands, commands) });
      },
    );
  } finally {
    await started.dispose();
  }
}
