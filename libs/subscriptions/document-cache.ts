import { LRUCache } from 'lru-cache';
import type { CollectionDefinition, Document, Versioned } from '#view-store';
import { weightOf } from './weight.ts';

/** What an entry takes beside its document. */
const ENTRY_BYTES = 300;

/** Documents as they are stored, for those who alone write them: about so many bytes for all owners together. */
export class DocumentCache {
  readonly #documents: LRUCache<string, Versioned>;
  #owners = 0;

  constructor(bytes: number) {
    const sizeCalculation = ({ document }: Versioned) => ENTRY_BYTES + weightOf(document);
    this.#documents = new LRUCache({ maxSize: bytes, sizeCalculation });
  }

  /** For a new owner, which finds nothing of what was kept for any other. */
  part(): CachePart {
    this.#owners += 1;
    return new CachePart(this.#documents, this.#owners);
  }
}

export class CachePart {
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
