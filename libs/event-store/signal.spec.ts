import { Worker } from 'node:worker_threads';
import { describe, expect, it, jest } from '@jest/globals';
import { type Position, PositionSignal, START } from './index.ts';

const at = (position: number) => position as Position;

describe('PositionSignal', () => {
  it('starts at START and only moves on', () => {
    const signal = new PositionSignal();
    expect(signal.current).toBe(START);
    signal.advance(at(0));
    signal.advance(at(7));
    signal.advance(at(3));
    expect(signal.current).toBe(7);
  });

  it('keeps the furthest position where several threads advance it', async () => {
    const signal = new PositionSignal();
    const load = Atomics.load;
    jest.spyOn(Atomics, 'load').mockImplementationOnce((cell, index) => {
      const seen = load(cell as BigInt64Array, index);
      new PositionSignal(signal.buffer).advance(at(9));
      return seen as never;
    });
    signal.advance(at(5));
    expect(signal.current).toBe(9);
  });

  it('answers at once when the position has been passed', async () => {
    const signal = new PositionSignal();
    signal.advance(at(5));
    expect(await signal.waitBeyond(at(4))).toBe(true);
  });

  it('wakes exactly the waiters whose position was passed', async () => {
    const signal = new PositionSignal();
    const passed: number[] = [];
    const waits = [0, 1, 2].map((n) => signal.waitBeyond(at(n)).then(() => passed.push(n)));
    signal.advance(at(2));
    await Promise.all(waits.slice(0, 2));
    expect(passed).toEqual([0, 1]);
    signal.advance(at(3));
    await Promise.all(waits);
    expect(passed).toEqual([0, 1, 2]);
  });

  it('gives up when aborted or out of time', async () => {
    const signal = new PositionSignal();
    const abort = new AbortController();
    const aborted = signal.waitBeyond(at(0), { signal: abort.signal });
    abort.abort();
    expect(await aborted).toBe(false);
    expect(await signal.waitBeyond(at(0), { signal: abort.signal })).toBe(false);
    expect(await signal.waitBeyond(at(0), { timeoutMs: 1 })).toBe(false);
    signal.advance(at(1));
    expect(await signal.waitBeyond(at(0), { signal: abort.signal })).toBe(true);
  });

  it('wakes waiters in another thread, and is woken from there', async () => {
    const there = new PositionSignal();
    const back = new PositionSignal();
    const worker = new Worker(
      `const { workerData: { there, back } } = require('node:worker_threads');
       const [read, write] = [new BigInt64Array(there), new BigInt64Array(back)];
       for (let seen = 0n; seen < 1000n; ) {
         Atomics.wait(read, 0, seen);
         seen = Atomics.load(read, 0);
         Atomics.store(write, 0, seen);
         Atomics.notify(write, 0);
       }`,
      { eval: true, workerData: { there: there.buffer, back: back.buffer } },
    );
    for (let n = 0; n < 1000; n++) {
      there.advance(at(n));
      expect(await back.waitBeyond(at(n - 1), { timeoutMs: 120_000 })).toBe(true);
      expect(back.current).toBe(n);
    }
    await worker.terminate();
  });
});
