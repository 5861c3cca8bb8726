import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { BufferBudget, weightOf } from './weight.ts';

/** Tells how many bytes of a heap where nothing else lives so many documents with this JSON take. */
const HEAP = `
  const { getHeapStatistics, setFlagsFromString } = require('node:v8');
  const { runInNewContext } = require('node:vm');
  const { parentPort, workerData } = require('node:worker_threads');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const used = () => (collect(), getHeapStatistics().used_heap_size);
  const before = used();
  globalThis.documents = Array.from({ length: workerData.count }, () => JSON.parse(workerData.text));
  parentPort.postMessage(used() - before);
`;

async function bytesOf(count: number, text: string): Promise<number> {
  const thread = new Worker(HEAP, { eval: true, workerData: { count, text } });
  const [bytes] = await once(thread, 'message');
  await thread.terminate();
  return bytes;
}

describe('the weight of a document', () => {
  it('grows with all that is in it', () => {
    expect(weightOf({ a: 'x'.repeat(1_000) })).toBeGreaterThan(1_000);
    expect(weightOf({ a: { b: ['x'.repeat(1_000), 'x'.repeat(1_000)] } })).toBeGreaterThan(2_000);
    expect(weightOf({ list: Array.from({ length: 1_000 }, () => ({ n: 1 })) })).toBeGreaterThan(30_000);
    expect(weightOf(undefined)).toBe(0);
  });

  it('is about the memory that it takes', async () => {
    const text = JSON.stringify({
      id: '01a22d36-140d-7089-8a39-b8d543c2ae6e',
      name: 'Customer 17',
      address: { street: 'Havenstraat 17', postalCode: '3011 AA', city: 'Rotterdam', country: 'NL' },
      properties: {
        serialNumber: 'SN-4711',
        brand: 'Carrier',
        chargeKg: 12.5,
        capacityKw: 40,
        sealed: false,
      },
      words: ['customer', '17', 'havenstraat', 'rotterdam', 'carrier'],
    });
    const count = 10_000;
    const weight = count * weightOf(JSON.parse(text));
    const taken = await bytesOf(count, text);
    expect(taken / weight).toBeGreaterThan(0.5);
    expect(taken / weight).toBeLessThan(1.5);
  });
});

describe('the memory in which documents are gathered', () => {
  it('is full for the one that uses most, once all together have reached the limit', () => {
    const memory = new BufferBudget(100);
    const [one, other] = [{}, {}];
    expect(memory.isFull(one, 60)).toBe(false);
    expect(memory.isFull(other, 39)).toBe(false);
    expect(memory.isFull(other, 40)).toBe(false);
    expect(memory.isFull(one, 60)).toBe(true);
    memory.release(one);
    expect(memory.isFull(other, 99)).toBe(false);
    expect(memory.isFull(other, 100)).toBe(true);
  });
});
