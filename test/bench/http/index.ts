import { SqliteEventStore } from '#event-store/sqlite';
import { type Ask, withChild } from '../child.ts';
import { seedAccount, seedConnections } from '../connections.ts';
import { compared, type Figure, figure, type Line, rate } from '../figures.ts';
import { type Address, type Load, latencies, renameAll } from '../load.ts';
import { inTurns, withDirectory } from '../measuring.ts';
import { type Peer, type PeerSize, type Reason, withEmmettOnPostgresql } from './emmett-postgresql.ts';
import type { Answers } from './serving.ts';

const CONNECTIONS = 64;
const UNIT = 'commands/s';
const LIMIT = { atLeast: 0.9 };
/** The service is to answer at least six times as many commands. */
const PEER_LIMIT = { atMost: 1 / 6 };

export interface HttpSize {
  /** Commands for each server, in each turn. */
  readonly commands: number;
  readonly turns: number;
  /** Commands for each server before the measurement. */
  readonly warmUp: number;
  /** For Emmett on PostgreSQL, which answers far fewer in the same time. */
  readonly peer: PeerSize;
}

/**
 * Commands over HTTP, 64 at a time, each on a stream of four events that has to be loaded: the service against the
 * bare server, by what is answered in a second and by the CPU of the thread that answers. Then the same on streams that
 * the server knows already, with the service's worker beside it, and with a trace recorded of each.
 * Emmett on PostgreSQL does the first too.
 */
export async function measureHttp(size: HttpSize): Promise<Line[]> {
  return withServersAndPeer(size, async (servers, peer) => {
    const [ours, limit, whole, traced] = servers as [Server, Server, Server, Server];
    for (const server of servers) await server.warmUp();
    const [loads, bareLoads, wholeLoads, tracedLoads, peerLoads] = await inTurns(
      size.turns,
      async (turn) => [await ours.load(turn), await ours.load(turn)] as const,
      async (turn) => [await limit.load(turn), await limit.load(turn)] as const,
      (turn) => whole.load(turn),
      (turn) => traced.load(turn),
      async (turn) => ('load' in peer ? [await peer.load(turn)] : []),
    );
    const loaded = loads.map(([loaded]) => loaded);
    return [
      ...figuresOf(
        'http.commands',
        loaded,
        bareLoads.map(([loaded]) => loaded),
      ),
      ...figuresOf(
        'http.commands.warm',
        loads.map(([, warm]) => warm),
        bareLoads.map(([, warm]) => warm),
      ),
      ...beside('http.commands.worker', wholeLoads, loaded),
      ...beside('http.commands.traced', tracedLoads, loaded),
      peerLine(peer, peerLoads.flat(), loaded),
    ];
  });
}

/** How Emmett on PostgreSQL did, beside how we did. */
function peerLine(peer: Peer | Reason, loads: readonly Load[], ours: readonly Load[]): Line {
  const name = 'http.commands.emmett-postgresql';
  if ('reason' in peer) return { name, ...peer };
  return compared(rate(name, loads, UNIT), rate('http.commands', ours, UNIT), PEER_LIMIT);
}

/** A load, and the microseconds of CPU that the thread which answered took for each command. */
type Answered = Load & { readonly cpu: number };

/** How we did against the bare server, and how that did. */
function figuresOf(name: string, ours: readonly Answered[], bare: readonly Answered[]): Figure[] {
  const bareName = `${name}.bare`;
  const bareRate = rate(bareName, bare, UNIT);
  const cpu = cpuOf(name, ours);
  return [
    compared(rate(name, ours, UNIT), bareRate, LIMIT),
    ...latencies(name, ours),
    cpu,
    bareRate,
    ...latencies(bareName, bare),
    compared(cpuOf(bareName, bare), cpu, LIMIT),
  ];
}

/** How we did with something more, beside how we did without. */
function beside(name: string, withMore: readonly Answered[], without: readonly Answered[]): Figure[] {
  return [
    compared(rate(name, withMore, UNIT), rate('http.commands', without, UNIT)),
    ...latencies(name, withMore),
    compared(cpuOf(name, withMore), cpuOf('http.commands', without)),
  ];
}

function cpuOf(name: string, answered: readonly Answered[]): Figure {
  return figure(
    `${name}.cpu`,
    answered.map(({ cpu }) => cpu),
    'µs',
  );
}

interface Server {
  warmUp(): Promise<unknown>;
  /** Renames the connections of this turn. */
  load(turn: number): Promise<Answered>;
}

function withServersAndPeer<Result>(
  size: HttpSize,
  use: (servers: readonly Server[], peer: Peer | Reason) => Promise<Result>,
): Promise<Result> {
  return withServers(['tessera', 'bare', 'service', 'traced'], size, (servers) =>
    withEmmettOnPostgresql(size.peer, size.turns, CONNECTIONS, (peer) => use(servers, peer)),
  );
}

type ServerName = 'tessera' | 'bare' | 'service' | 'traced';

/** Runs servers beside each other. */
function withServers<Result>(
  [name, ...others]: readonly ServerName[],
  size: HttpSize,
  use: (servers: readonly Server[]) => Promise<Result>,
): Promise<Result> {
  if (name === undefined) return use([]);
  return withServer(name, size, (server) =>
    withServers(others, size, (servers) => use([server, ...servers])),
  );
}

async function withServer<Result>(
  name: ServerName,
  { warmUp, turns, commands }: HttpSize,
  use: (server: Server) => Promise<Result>,
): Promise<Result> {
  return withDirectory(async (directory) => {
    const store = await SqliteEventStore.open({ directory });
    const account = await seedAccount(store);
    const seeded = await seedConnections(store, warmUp + turns * commands, account);
    await store.close();
    return withChild(
      `http/${name}-server.js`,
      [directory, account],
      (address: Address, ask: Ask<Answers>) => {
        const load = async (first: number, count: number) => {
          const before = await ask('cpu');
          const answered = await renameAll(address, seeded.slice(first, first + count), CONNECTIONS);
          const spent = (await ask('cpu')) - before;
          // What it does afterwards must not take CPU from whoever has the next turn.
          await ask('settled');
          return { ...answered, cpu: spent / count };
        };
        return use({
          warmUp: () => load(0, warmUp),
          load: (turn) => load(warmUp + turn * commands, commands),
        });
      },
    );
  });
}
