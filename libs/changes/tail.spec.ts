import { describe, expect, it } from '@jest/globals';
import { type Position, PositionSignal } from '#event-store';
import type { SettledRows } from './rows.ts';
import { ChangeTail } from './tail.ts';

const LONG_MS = 60_000;

/** A view that is moved on by hand, and counts who asks. */
class View {
  readonly #end = new PositionSignal();
  readonly #rows: { readonly position: number; readonly account: string }[] = [];
  waits = 0;
  looks = 0;

  add(position: number, account: string): void {
    this.#rows.push({ position, account });
    this.#end.advance(position as Position);
  }

  async waitFor(_: string, position: Position, timeoutMs: number): Promise<boolean> {
    this.waits += 1;
    return this.#end.waitBeyond((position - 1) as Position, { timeoutMs });
  }

  async concerned(after: Position) {
    this.looks += 1;
    const upTo = Math.max(after, this.#end.current) as Position;
    await new Promise(setImmediate);
    const rows = this.#rows.filter(({ position }) => position > after && position <= upTo);
    return { last: new Map(rows.map(({ account, position }) => [account, position as Position])), upTo };
  }
}

function tailOf(view: View): ChangeTail {
  return new ChangeTail(view, view as unknown as SettledRows);
}

describe('a waiter for changes', () => {
  it('is woken by what concerns it, one look for all; the others move on', async () => {
    const view = new View();
    view.add(1, 'x');
    const tail = tailOf(view);
    const ending = new AbortController();
    const options = { timeoutMs: LONG_MS, signal: ending.signal };
    const strangers = Array.from({ length: 1_000 }, () =>
      tail.wait(1 as Position, { account: 'b' }, options),
    );
    const concerned = tail.wait(1 as Position, { account: 'a' }, options);
    const everyone = tail.wait(1 as Position, 'everyone', options);
    view.add(5, 'a');
    expect(await concerned).toBe(1);
    expect(await everyone).toBe(1);
    expect(view.looks).toBe(1);
    expect(view.waits).toBeLessThan(5);
    ending.abort();
    expect(new Set(await Promise.all(strangers))).toEqual(new Set([5]));
  });

  it('is woken by what happened before it came, where others have been moved past it', async () => {
    const view = new View();
    view.add(9, 'x');
    const tail = tailOf(view);
    const ending = new AbortController();
    const options = { timeoutMs: LONG_MS, signal: ending.signal };
    const other = tail.wait(9 as Position, { account: 'b' }, options);
    await new Promise(setImmediate);
    const late = tail.wait(3 as Position, { account: 'x' }, options);
    expect(await late).toBe(3);
    ending.abort();
    expect(await other).toBe(9);
  });

  it('is let go when time is up, or when it ends, with how far nothing concerned it', async () => {
    const view = new View();
    const tail = tailOf(view);
    const ending = new AbortController();
    const waiting = tail.wait(0 as Position, { account: 'b' }, { timeoutMs: LONG_MS, signal: ending.signal });
    view.add(4, 'a');
    while (view.looks === 0) await new Promise(setImmediate);
    await new Promise((resolve) => setTimeout(resolve));
    ending.abort();
    expect(await waiting).toBe(4);
    expect(await tail.wait(4 as Position, { account: 'b' }, { timeoutMs: 0 })).toBe(4);
    const { signal } = ending;
    expect(await tail.wait(4 as Position, 'everyone', { timeoutMs: LONG_MS, signal })).toBe(4);
  });
});
