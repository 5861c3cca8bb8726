// Counts what a question looks at: in all, and before it lets others in.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventReader, EventStore, RecordedEvent, SubscribeOptions } from '#event-store';
import type { ViewReader } from '#view-store';

/** What was looked at. */
export interface Looked {
  readonly documents: number;
  /** Entries of an index that were counted without a limit. */
  readonly counted: number;
  /** Events, with one for each item they list. */
  readonly events: number;
}

export class Counting {
  #all: Record<keyof Looked, number> = { documents: 0, counted: 0, events: 0 };
  #turn: Record<keyof Looked, number> = { documents: 0, counted: 0, events: 0 };
  #most: Record<keyof Looked, number> = { documents: 0, counted: 0, events: 0 };
  #isTurning = false;

  /** What was looked at by `ask`: in all, and at most in one turn of the event loop. */
  async of(ask: () => Promise<unknown>): Promise<{ readonly inAll: Looked; readonly atOnce: Looked }> {
    await nextTurn();
    this.#all = { documents: 0, counted: 0, events: 0 };
    this.#most = { documents: 0, counted: 0, events: 0 };
    await ask();
    return { inAll: { ...this.#all }, atOnce: { ...this.#most } };
  }

  look(kind: keyof Looked, number: number): void {
    this.#all[kind] += number;
    this.#turn[kind] += number;
    this.#most[kind] = Math.max(this.#most[kind], this.#turn[kind]);
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => {
      this.#isTurning = false;
      this.#turn = { documents: 0, counted: 0, events: 0 };
    });
  }
}

export function countedViews(views: ViewReader, counting: Counting): ViewReader {
  const of = <Result>(found: Result, number: number): Result => {
    counting.look('documents', number);
    return found;
  };
  return {
    get: async (...asked) => of(await views.get(...asked), 1),
    getMany: async (...asked) => of(await views.getMany(...asked), asked[1].length),
    find: async (...asked) => {
      const page = await views.find(...asked);
      return of(page, page.items.length + 1);
    },
    findEach: async (...asked) => {
      const pages = await views.findEach(...asked);
      return of(pages, lengthOf(pages));
    },
    findIds: async (...asked) => {
      const pages = await views.findIds(...asked);
      return of(pages, lengthOf(pages));
    },
    count: async (...asked) => {
      const count = await views.count(...asked);
      counting.look('counted', count);
      return count;
    },
    // Bounded by what it is asked for.
    countUpTo: (...asked) => views.countUpTo(...asked),
    checkpoint: (...asked) => views.checkpoint(...asked),
    waitFor: (...asked) => views.waitFor(...asked),
    close: () => views.close(),
  };
}

function lengthOf(pages: readonly { readonly items: readonly unknown[] }[]): number {
  return pages.reduce((sum, { items }) => sum + items.length + 1, 0);
}

/** Answers in a turn of its own, as stores do. */
export function countedLog(log: EventStore, counting: Counting): EventStore {
  const counted = (events: readonly RecordedEvent[]) => {
    counting.look(
      'events',
      events.reduce((sum, event) => sum + weightOf(event), 0),
    );
    return events;
  };
  const readStream: EventReader['readStream'] = async (...asked) => {
    await nextTurn();
    return counted(await log.readStream(...asked));
  };
  async function* subscribe(options: SubscribeOptions) {
    for await (const batch of log.subscribe(options)) {
      await nextTurn();
      counted(batch.events);
      yield batch;
    }
  }
  return {
    exclusive: log.exclusive,
    readStream,
    readAll: (...asked) => log.readAll(...asked),
    subscribe,
    append: (...asked) => log.append(...asked),
    head: () => log.head(),
    close: () => log.close(),
  };
}

function weightOf({ data }: RecordedEvent): number {
  const lists = Object.values(data).filter((value) => Array.isArray(value));
  return lists.reduce((sum, list) => sum + list.length, 1);
}
