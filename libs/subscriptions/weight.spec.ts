import { describe, expect, it } from '@jest/globals';
import { BufferBudget, weightOf } from './weight.ts';

describe('the weight of a document', () => {
  it('grows with all that is in it', () => {
    expect(weightOf({ a: 'x'.repeat(1_000) })).toBeGreaterThan(1_000);
    expect(weightOf({ a: { b: ['x'.repeat(1_000), 'x'.repeat(1_000)] } })).toBeGreaterThan(2_000);
    expect(weightOf({ list: Array.from({ length: 1_000 }, () => ({ n: 1 })) })).toBeGreaterThan(30_000);
    expect(weightOf(undefined)).toBe(0);
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
