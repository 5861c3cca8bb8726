import { START } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { clusterSettings, type Program, startApi } from '../../programs/program.ts';
import { type SeededConnection, seedAccount, seedConnections } from '../connections.ts';
import { compared, type Figure, rate } from '../figures.ts';
import { type Address, type Load, latencies, renameAll } from '../load.ts';
import { inFlight, inTurns, type Measured, timed, withDirectory } from '../measuring.ts';
import { recordable } from '../recordable.ts';
import { BareCalls } from './bare-calls.ts';
import { signIn, withPrograms } from './programs.ts';
import { type Servers, withViews } from './stores.ts';

/** Concurrent commands, over all services. */
const AT_ONCE = 64;
const SERVICES = 2;

export interface CommandsSize {
  /** Commands of the services, and of the bare loop, in each turn. */
  readonly commands: number;
  readonly turns: number;
  /** Commands of the services before the measurement. */
  readonly warmUp: number;
}

/**
 * Commands over HTTP to two services, each on a stream of four events that has to be loaded, against one process that
 * does nothing but load these streams and append to them. Then commands on streams that the same service has just
 * written, and on streams that both services write in turns.
 */
export async function measureCommands(
  { events, views }: Servers,
  { commands, turns, warmUp }: CommandsSize,
): Promise<Figure[]> {
  const store = new EventStoreDbEventStore({ url: events });
  const bareCalls = await BareCalls.open(events);
  try {
    const account = await seedAccount(store);
    const forServices = await seedConnections(store, warmUp + turns * commands, account, AT_ONCE);
    const forBare = await seedConnections(store, turns * commands, account, AT_ONCE);
    return await withServices(events, views, async (services) => {
      const addresses = await signIn(services, account);
      await renameAtAll(addresses, forServices.slice(0, warmUp));
      const before = await cpuSeconds(services);
      const [loads, bareLoads] = await inTurns(
        turns,
        (turn) => renameAtAll(addresses, part(forServices, warmUp + turn * commands, commands)),
        (turn) => renameBare(bareCalls, part(forBare, turn * commands, commands)),
      );
      const spent = (await cpuSeconds(services)) - before;
      const written = part(forServices, warmUp, commands);
      const warm = await renameAtAll(addresses, written);
      const inTurn = [
        await renameAtAll(addresses.toReversed(), written),
        await renameAtAll(addresses, written),
      ];
      const bare = rate('distributed.commands.bare', bareLoads, 'commands/s');
      return [
        compared(rate('distributed.commands', loads, 'commands/s'), bare),
        ...latencies('distributed.commands', loads),
        { name: 'distributed.commands.cpu', value: (1000 * spent) / (turns * commands), unit: 'ms' },
        bare,
        rate('distributed.commands.warm', [warm], 'commands/s'),
        rate('distributed.commands.inTurn', inTurn, 'commands/s'),
      ];
    });
  } finally {
    bareCalls.close();
    await store.close();
  }
}

function part<Item>(items: readonly Item[], first: number, count: number): readonly Item[] {
  return items.slice(first, first + count);
}

function withServices<Result>(
  events: string,
  views: string,
  use: (services: readonly Program[]) => Promise<Result>,
): Promise<Result> {
  return withDirectory((directory) =>
    withViews(views, START, (database) =>
      withPrograms(async (track) => {
        const settings = clusterSettings(events, database, directory);
        return use(await Promise.all(Array.from({ length: SERVICES }, () => track(startApi(settings)))));
      }),
    ),
  );
}

/** Each service gets an equal share of the targets. */
async function renameAtAll(
  addresses: readonly Address[],
  targets: readonly SeededConnection[],
): Promise<Load> {
  const share = targets.length / addresses.length;
  const loads = await Promise.all(
    addresses.map((address, index) =>
      renameAll(address, part(targets, index * share, share), AT_ONCE / addresses.length),
    ),
  );
  return {
    count: targets.length,
    seconds: Math.max(...loads.map(({ seconds }) => seconds)),
    times: loads.flatMap(({ times }) => times),
  };
}

/** `RenameConnection` at the store, without a service, an adapter, or anything that could go wrong. */
function renameBare(calls: BareCalls, targets: readonly SeededConnection[]): Promise<Measured> {
  return timed(targets.length, () =>
    inFlight(targets, AT_ONCE, async ({ id, account }) => {
      const stream = `connection-${id}`;
      const history = await calls.readStream(stream);
      const renamed = recordable(
        stream,
        { type: 'ConnectionRenamed', data: { connectionId: id, account, label: 'Renamed' } },
        account,
      );
      await calls.append(stream, [renamed], history.at(-1)?.revision ?? 'none');
    }),
  );
}

/** The CPU time of the services on all cores, from their metrics. */
async function cpuSeconds(services: readonly Program[]): Promise<number> {
  const seconds = await Promise.all(
    services.map(async ({ readyOutput }) => {
      const figures = await (await fetch(`${readyOutput}/metrics`)).text();
      return Number(/^process_cpu_seconds_total (\S+)$/m.exec(figures)?.[1]);
    }),
  );
  return seconds.reduce((total, each) => total + each, 0);
}
