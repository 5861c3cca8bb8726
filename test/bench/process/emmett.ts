import { CommandHandler, type EventStore, getInMemoryEventStore } from '@event-driven-io/emmett';
import { type ConnectionEvent, type ConnectionState, connection } from '#domain/connection';
import { history, type SeededConnection } from '../connections.ts';
import { inFlight } from '../measuring.ts';
import type { Renamer } from './renamer.ts';

interface EmmettRenamer extends Renamer {
  rename(
    connection: SeededConnection,
    label: string,
  ): Promise<{ readonly nextExpectedStreamVersion: bigint }>;
}

/** Emmett, with the same decisions, on events in memory. */
export async function openEmmettInMemory(connections: readonly SeededConnection[]): Promise<Renamer> {
  const store = getInMemoryEventStore();
  await seedEmmett(store, connections);
  return emmettOn(store);
}

/**
 * Emmett, with the same decisions, on its SQLite store.
 * @throws the driver's own error where its binary is missing
 */
export async function openEmmettOnSqlite(
  fileName: string,
  connections: readonly SeededConnection[],
): Promise<Renamer> {
  const { getSQLiteEventStore } = await import('@event-driven-io/emmett-sqlite');
  const store = getSQLiteEventStore({ fileName });
  await seedEmmett(store, connections);
  return emmettOn(store);
}

/** Writes the history of each connection, with that many concurrent appends. */
export function seedEmmett(
  store: EventStore,
  connections: readonly SeededConnection[],
  atOnce = 1,
): Promise<void> {
  return inFlight(connections, atOnce, ({ id, account }) =>
    retryWhenBusy(() => store.appendToStream(streamOf(id), history(id, account))),
  );
}

/** Emmett, with the same decisions, on any of its stores. */
export function emmettOn(store: EventStore): EmmettRenamer {
  const handle = CommandHandler<ConnectionState, ConnectionEvent>({
    evolve: connection.evolve,
    initialState: () => connection.initial,
  });
  return {
    rename: ({ id, account }, label) =>
      retryWhenBusy(() => handle(store, streamOf(id), (state) => decide(id, account, label, state))),
    close: async () => undefined,
  };
}

function decide(id: string, account: string, label: string, state: ConnectionState): ConnectionEvent[] {
  const command = {
    id,
    type: 'RenameConnection',
    data: { connectionId: id, label },
    actor: { account, user: 'bench', roles: ['administrator'] },
    now: new Date().toISOString(),
  } as const;
  return [...connection.decide(command, state, undefined)];
}

function streamOf(id: string): string {
  return `connection-${id}`;
}

const ATTEMPTS = 10;

/** Its SQLite store sometimes fails with SQLITE_BUSY and rolls back, even with one caller at a time. */
async function retryWhenBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
      if (!isBusy || attempt === ATTEMPTS) throw error;
    }
  }
}
