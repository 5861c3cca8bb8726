import { LRUCache } from 'lru-cache';
import type { CollectionDefinition, Document, Versioned } from '#view-store';
import { weightOf } from './weight.ts';

/** The memory of an entry without its document. */
const ENTRY_BYTES = 300;

/** Documents as they are stored, for the owners that alone write them; the limit is for all owners together. */
export class DocumentCache {
  readonly #documents: LRUCache<string, Versioned>;
  #owners = 0;

  constructor(bytes: number) {
    const sizeCalculation = ({ document }: Versioned) => ENTRY_BYTES + weightOf(document);
    this.#documents = new LRUCache({ maxSize: bytes, sizeCalculation });
  }

  /** A partition for a new owner, with none of the documents cached for others. */
  partition(): CachePartition {
    this.#owners += 1;
    return new CachePartition(this.#documents, this.#owners);
  }
}

export class CachePartition {
  readonly #documents: LRUCache<string, Versioned>;
  readonly #owner: number;

  constructor(documents: LRUCache<string, Versioned>, owner: number) {
    this.#documents = documents;
    this.#owner = owner;
  }

  get(collection: CollectionDefinition<Document>, id: string): Versioned | undefined {
    return this.#documents.get(this.#key(collection, id));
  }

  set(collection: CollectionDefinition<Document>, id: string, stored: Versioned): void {
    this.#documents.set(this.#key(collection, id), stored);
  }

  #key({ name }: CollectionDefinition<Document>, id: string): string {
    return `${this.#owner} ${name} ${id}`;
  }
}
