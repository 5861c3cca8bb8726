import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { BufferBudget, weightOf } from './weight.ts';

/** Bytes that are in use after a garbage collection. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe('the weight of a document', () => {
  it('grows with all that is in it', () => {
    expect(weightOf({ a: 'x'.repeat(1_000) })).toBeGreaterThan(1_000);
    expect(weightOf({ a: { b: ['x'.repeat(1_000), 'x'.repeat(1_000)] } })).toBeGreaterThan(2_000);
    expect(weightOf({ list: Array.from({ length: 1_000 }, () => ({ n: 1 })) })).toBeGreaterThan(30_000);
    expect(weightOf(undefined)).toBe(0);
  });

  it('is about the memory that it takes', () => {
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
    const before = heapInUse();
    const documents = Array.from({ length: 10_000 }, () => JSON.parse(text));
    const taken = heapInUse() - before;
    const weight = documents.reduce((sum, document) => sum + weightOf(document), 0);
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
