import { Query } from '@nestjs/cqrs';
import type { Actor } from '#domain/kernel';

/** A query that is answered from views. */
export abstract class ViewQuery<Result> extends Query<Result> {
  /** The projections whose documents it reads, by name: an answer is as new as the oldest of them. */
  abstract readonly reads: readonly string[];

  constructor(readonly caller: Actor) {
    super();
  }
}

/** A request for a page of a list. */
export interface PageRequest {
  /** From 1 to 200. */
  readonly pageSize: number;
  readonly pageToken?: string;
  /** Free text: each of its words must be a prefix of some word of what is found. */
  readonly q?: string;
}

/** A page of a list, in a stable order. */
export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** Of the next page; absent when there is none. */
  readonly nextPageToken?: string;
  /** Of all pages, where that is cheap to know. */
  readonly total?: number;
}
