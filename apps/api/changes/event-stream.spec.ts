import { Readable } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import type { ChangeSelection, Changes, ChangeView, PlacedChange } from '#changes';
import { cursorAt } from '#contracts';
import type { Position } from '#event-store';
import { ViewStoreUnavailable } from '#view-store';
import { type EventStreamOptions, eventStream } from './event-stream.ts';

const AFTER = 10 as Position;
const selection: ChangeSelection = { of: { account: 'a' } };
const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };

function placed(position: number): PlacedChange {
  return { position: position as Position, change: { id: `change-${position}` } as ChangeView };
}

/** Changes at these positions; a wait behind them ends by `grow`, or by its timeout. */
class Positions implements Pick<Changes, 'read' | 'wait'> {
  reads = 0;
  failures = 0;
  #wake: (() => void) | undefined;

  constructor(readonly positions: number[]) {}

  grow(position: number): void {
    this.positions.push(position);
    this.#wake?.();
  }

  async read(after: Position, limit: number) {
    this.reads += 1;
    if (this.failures-- > 0) throw new ViewStoreUnavailable('away');
    const items = this.positions.filter((position) => position > after).map(placed);
    const upTo = items[limit - 1]?.position ?? items.at(-1)?.position ?? after;
    return { items: items.slice(0, limit), upTo, caughtUp: items.length <= limit };
  }

  wait(
    after: Position,
    _: unknown,
    { timeoutMs, signal }: Parameters<Changes['wait']>[2],
  ): Promise<Position> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        resolve(after);
      };
      const timer = setTimeout(end, timeoutMs);
      signal?.addEventListener('abort', end);
      this.#wake = end;
    });
  }
}

function streamOf(changes: Positions, options: Partial<EventStreamOptions> = {}) {
  const ending = new AbortController();
  const stream = eventStream({
    changes,
    selection,
    after: AFTER,
    signal: ending.signal,
    mayListen: async () => true,
    log,
    ...options,
  });
  const next = async () => (await stream.next()).value;
  return { stream, next, end: () => ending.abort() };
}

const eventAt = (position: number) =>
  `id: ${cursorAt(position as Position)}\ndata: {"id":"change-${position}"}\n\n`;

describe('a stream of changes', () => {
  it('starts with the current cursor, and sends each change with the cursor after it', async () => {
    const changes = new Positions([7, 12, 15]);
    const { next, end } = streamOf(changes);
    expect(await next()).toBe(`retry: 1000\nid: ${cursorAt(AFTER)}\n\n`);
    expect(await next()).toBe(eventAt(12));
    expect(await next()).toBe(eventAt(15));
    const coming = next();
    changes.grow(16);
    expect(await coming).toBe(eventAt(16));
    end();
    expect(await next()).toBeUndefined();
  });

  it('sends heartbeats with the current cursor while nothing happens', async () => {
    const { next, end } = streamOf(new Positions([12]), { heartbeatMs: 1 });
    await next();
    await next();
    expect(await next()).toBe(`:\nid: ${cursorAt(12 as Position)}\n\n`);
    expect(await next()).toBe(`:\nid: ${cursorAt(12 as Position)}\n\n`);
    end();
  });

  it('ends when its listener is no longer authorised, before anything more is sent', async () => {
    let may = true;
    const changes = new Positions([]);
    const { next } = streamOf(changes, { mayListen: async () => may });
    await next();
    const coming = next();
    while (changes.reads === 0) await new Promise(setImmediate);
    may = false;
    changes.grow(12);
    expect(await coming).toBeUndefined();
  });

  it('waits while a store does not answer, and then goes on', async () => {
    const changes = new Positions([12]);
    changes.failures = 1;
    const { next, end } = streamOf(changes, { heartbeatMs: 1 });
    await next();
    let chunk = await next();
    while (chunk === `:\nid: ${cursorAt(AFTER)}\n\n`) chunk = await next();
    expect(chunk).toBe(eventAt(12));
    expect(changes.reads).toBeGreaterThan(1);
    end();
  });

  it('reads no more than is consumed', async () => {
    const changes = new Positions(Array.from({ length: 1_000 }, (_, index) => 100 + index));
    const { stream, end } = streamOf(changes);
    const readable = Readable.from(stream);
    const taken: string[] = [];
    for await (const chunk of readable) {
      taken.push(chunk);
      if (taken.length === 60) break;
    }
    expect(changes.reads).toBe(2);
    end();
  });
});
