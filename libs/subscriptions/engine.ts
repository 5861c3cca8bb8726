import type { Recorded } from '#contracts';
import type { EventReader, RecordedEvent } from '#event-store';
import type { ViewStore } from '#view-store';
import type { Pauses } from './back-off.ts';
import type { Clock } from './deliverer.ts';
import { type BatchSizes, Follower, type FollowerStatus } from './follower.ts';
import type { Log } from './log.ts';
import { listParked, type ParkedStream } from './parking.ts';
import type { Projection } from './projection.ts';
import { Projector } from './projector.ts';
import { SharedReader } from './shared-reader.ts';

export interface ProjectionEngineOptions {
  readonly reader: EventReader;
  readonly views: ViewStore;
  readonly projections: readonly Projection[];
  /** A stored event in today's shape. */
  readonly deserialise: (event: RecordedEvent) => Recorded;
  readonly clock: Clock;
  readonly log: Log;
  readonly batchSizes?: BatchSizes;
  /** How many documents of each collection are kept in memory between batches. */
  readonly cachedDocuments?: number;
  /** How many documents are gathered in memory, while there is more to read, before they are written. */
  readonly heldDocuments?: number;
  /** How often an event is tried before its stream is parked. */
  readonly attempts?: number;
  readonly pauses?: Pauses;
}

/**
 * Runs projections, each with a follower of its own name: readers wait for a projection by its name, and one that
 * fails, or is built anew, holds no other one up. As long as they go side by side, the log is read once for all.
 * A projection that has never been built, or is of another version than its documents, is built from the start of
 * the log.
 */
export class ProjectionEngine {
  readonly #views: ViewStore;
  readonly #followers: ReadonlyMap<string, Follower>;

  /** @throws TypeError two projections share a name or a collection */
  constructor({ projections, cachedDocuments, heldDocuments, ...options }: ProjectionEngineOptions) {
    const { views } = options;
    refuseDoubles(projections.map(({ name }) => name));
    refuseDoubles(projections.flatMap(({ collections }) => collections.map(({ name }) => name)));
    const reader = new SharedReader(options.reader);
    this.#views = views;
    this.#followers = new Map(
      projections.map((projection) => {
        const { name, handles, collections } = projection;
        const handler = new Projector({ projection, views, cachedDocuments, heldDocuments });
        return [name, new Follower({ ...options, reader, name, handles, collections, handler })];
      }),
    );
  }

  start(): void {
    for (const follower of this.#followers.values()) follower.start();
  }

  /** Resolves when every batch in hand has been committed or given up. */
  async stop(): Promise<void> {
    await Promise.all([...this.#followers.values()].map((follower) => follower.stop()));
  }

  status(): Promise<readonly FollowerStatus[]> {
    return Promise.all([...this.#followers.values()].map((follower) => follower.status()));
  }

  /** Builds a projection anew; resolves when its documents are gone and it has begun. */
  rebuild(projection: string): Promise<void> {
    return this.#follower(projection).restart('a rebuild was asked for');
  }

  /** What a projection could not handle. */
  parked(projection: string): Promise<readonly ParkedStream[]> {
    return listParked(this.#views, this.#follower(projection).name);
  }

  /** Tries a parked stream again; true when none of it is parked any longer. */
  retryParked(projection: string, stream: string): Promise<boolean> {
    return this.#follower(projection).retryParked(stream);
  }

  #follower(projection: string): Follower {
    const follower = this.#followers.get(projection);
    if (follower) return follower;
    throw new TypeError(`There is no projection ${projection}.`);
  }
}

function refuseDoubles(names: readonly string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw new TypeError(`${double} is there twice.`);
}
