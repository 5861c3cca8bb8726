import { newId } from '#application';
import type { EventStore, NewEvent, Revision } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { history } from '../connections.ts';
import { compared, type Figure, figure } from '../figures.ts';
import { inFlight, inTurns } from '../measuring.ts';
import { recordable } from '../recordable.ts';
import { BareCalls } from './bare-calls.ts';
import type { Servers } from './stores.ts';

const AT_ONCE = 64;
const UNIT = 'µs';

export interface CallsSize {
  /** In each turn, for each of the two; four events are appended to each, one by one. */
  readonly streams: number;
  readonly turns: number;
}

type Calls = Pick<EventStore, 'append' | 'readStream'>;

interface Source {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** What one append and one read of a stream cost this process in CPU: over the adapter, and over the bare stubs. */
export async function measureCalls({ events }: Servers, { streams, turns }: CallsSize): Promise<Figure[]> {
  const store = new EventStoreDbEventStore({ url: events });
  const bare = await BareCalls.open(events);
  // The first turn is the warm-up.
  const turnsOf = (calls: Calls) => async () => {
    const sources = Array.from({ length: streams }, source);
    const append = await cpuOf(4 * streams, () => inFlight(sources, AT_ONCE, (one) => appendAll(calls, one)));
    const read = await cpuOf(streams, () =>
      inFlight(sources, AT_ONCE, ({ stream }) => calls.readStream(stream)),
    );
    return { append, read };
  };
  try {
    const [ours, limit] = await inTurns(turns + 1, turnsOf(store), turnsOf(bare as Calls));
    return (['append', 'read'] as const).flatMap((call) => {
      const of = (name: string, spent: typeof ours) =>
        figure(
          name,
          spent.slice(1).map((turn) => turn[call]),
          UNIT,
        );
      const other = of(`distributed.${call}.bare`, limit);
      const most = call === 'append' ? 1.4 : 1.15;
      return [compared(of(`distributed.${call}`, ours), other, { atMost: most }), other];
    });
  } finally {
    bare.close();
    await store.close();
  }
}

async function appendAll(calls: Calls, { stream, events }: Source): Promise<void> {
  let after: Revision | 'none' = 'none';
  for (const event of events) after = (await calls.append(stream, [event], after)).revision;
}

/** In microseconds for each of `count`. */
async function cpuOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

function source(): Source {
  const [id, account] = [newId(), newId()];
  const stream = `connection-${id}`;
  return { stream, events: history(id, account).map((event) => recordable(stream, event, account)) };
}
