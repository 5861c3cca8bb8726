import { newId } from '#application';
import type { NewEvent } from '#event-store';
import type { SqliteEventStore } from '#event-store/sqlite';
import { history } from '../connections.ts';
import { recordable } from '../recordable.ts';

/** The number of concurrent appends. */
const AT_ONCE = 1_000;
/** The number of interleaved connections: the distance between two events of one. */
const WINDOW = 10_000;
const ACCOUNTS = 50;

/** What happens to one connection: four events. */
interface History {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** Connections with interleaved histories. */
export class ConnectionLog {
  private readonly windows: readonly (readonly History[])[];

  constructor(connections: number) {
    const accounts = Array.from({ length: ACCOUNTS }, () => newId());
    const histories = Array.from({ length: connections }, (_, number) => {
      const id = newId();
      const account = accounts[number % ACCOUNTS] as string;
      const stream = `connection-${id}`;
      return { stream, events: history(id, account).map((event) => recordable(stream, event, account)) };
    });
    this.windows = Array.from({ length: Math.ceil(connections / WINDOW) }, (_, window) =>
      histories.slice(window * WINDOW, (window + 1) * WINDOW),
    );
  }

  /** Writes the beginning: half of the history of the first connections. */
  async writeBeginning(store: SqliteEventStore): Promise<void> {
    await write(store, this.windows[0] ?? [], 0, 2);
  }

  async writeRest(store: SqliteEventStore): Promise<void> {
    const [first = [], ...others] = this.windows;
    await write(store, first, 2, 4);
    for (const window of others) await write(store, window, 0, 4);
  }
}

/** One event of each, then the next one of each, from the `from`th up to the one before the `to`th. */
async function write(
  store: SqliteEventStore,
  histories: readonly History[],
  from: number,
  to: number,
): Promise<void> {
  for (let index = from; index < to; index++) {
    for (let first = 0; first < histories.length; first += AT_ONCE) {
      const some = histories.slice(first, first + AT_ONCE);
      await Promise.all(
        some.map(({ stream, events }) => store.append(stream, events.slice(index, index + 1), 'any')),
      );
    }
  }
}
