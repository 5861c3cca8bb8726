import { Query } from '@nestjs/cqrs';
import type { Actor } from '#domain/kernel';

/** A question views answer. */
export abstract class ViewQuery<Result> extends Query<Result> {
  /** The projections whose documents it reads, by name: an answer is as new as the oldest of them. */
  abstract readonly reads: readonly string[];

  constructor(readonly caller: Actor) {
    super();
  }
}

/** Which part of a list is wanted. */
export interface PageRequest {
  /** From 1 to 200. */
  readonly pageSize: number;
  readonly pageToken?: string;
  /** Free text: every word of it begins some word of what is found. */
  readonly q?: string;
}

/** Part of a list, in a stable order. */
export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** Of the next part; absent when there is none. */
  readonly nextPageToken?: string;
  /** Of all parts, where that is cheap to know. */
  readonly total?: number;
}
