import { describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';
import { type CachePartition, DocumentCache } from './document-cache.ts';

const notes: CollectionDefinition<Document> = { name: 'notes', indexes: {} };
const KILOBYTE = 1_000;
const LIMIT = 100 * KILOBYTE;

/** The ids of the documents that are cached, of those up to this number. */
function cached(partition: CachePartition, until: number): number[] {
  const numbers = Array.from({ length: until }, (_, number) => number);
  return numbers.filter((number) => partition.get(notes, `${number}`) !== undefined);
}

function store(partition: CachePartition, number: number, bytes: number): void {
  const document = { id: `${number}`, text: 'x'.repeat(bytes) };
  partition.set(notes, document.id, { document, position: START });
}

describe('the documents that are cached between batches', () => {
  it('have so many bytes at most, whatever their number: the latest of them are kept', () => {
    const large = new DocumentCache(LIMIT).partition();
    for (let number = 0; number < 200; number++) store(large, number, 10 * KILOBYTE);
    expect(cached(large, 200)).toEqual([191, 192, 193, 194, 195, 196, 197, 198, 199]);
    const small = new DocumentCache(LIMIT).partition();
    for (let number = 0; number < 2_000; number++) store(small, number, 0);
    expect(cached(small, 2_000).length * 300).toBeLessThanOrEqual(LIMIT);
  });

  it('share the limit, whoever owns them', () => {
    const cache = new DocumentCache(LIMIT);
    const [one, other] = [cache.partition(), cache.partition()];
    store(one, 0, 60 * KILOBYTE);
    store(other, 0, 60 * KILOBYTE);
    expect([one, other].map((each) => cached(each, 1))).toEqual([[], [0]]);
  });

  it('are not kept where one alone would exceed the limit', () => {
    const partition = new DocumentCache(LIMIT).partition();
    store(partition, 0, 2 * LIMIT);
    expect(cached(partition, 1)).toEqual([]);
  });
});
