import type { Recorded } from '#contracts';
import type { EventReader, RecordedEvent } from '#event-store';
import type { ViewStore } from '#view-store';
import type { Pauses } from './back-off.ts';
import type { Clock } from './deliverer.ts';
import {
  type BatchSizes,
  Follower,
  type FollowerOptions,
  type FollowerStatus,
  NotOwnerHere,
  standby,
} from './follower.ts';
import type { Leased } from './leased.ts';
import type { Log } from './log.ts';
import { listParked, type ParkedStream } from './parking.ts';
import type { Projection } from './projection.ts';
import { inOrder, Projector } from './projector.ts';
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
 *
 * It runs all of them, where it is their only owner, or those whose lease it has.
 */
export class ProjectionEngine {
  readonly #options: Omit<ProjectionEngineOptions, 'projections'>;
  readonly #projections: ReadonlyMap<string, Projection>;
  /** Those that run here, or did until it was stopped, by their projections' names. */
  readonly #followers = new Map<string, Follower>();

  /** @throws TypeError two projections share a name or a collection, or one derives its collections in a circle */
  constructor({ projections, ...options }: ProjectionEngineOptions) {
    refuseDoubles(projections.map(({ name }) => name));
    refuseDoubles(projections.flatMap(({ collections }) => collections.map(({ name }) => name)));
    for (const projection of projections) inOrder(projection);
    this.#options = { ...options, reader: new SharedReader(options.reader) };
    this.#projections = new Map(projections.map((projection) => [projection.name, projection]));
  }

  /** Runs all projections, as their only owner. */
  start(): void {
    for (const projection of this.#projections.values()) {
      const follower = this.#followers.get(projection.name) ?? this.#open(projection);
      follower.start();
    }
  }

  /** Each projection by itself, for whoever has its lease. What an earlier owner kept in memory is not gone on from. */
  get leased(): readonly Leased[] {
    return [...this.#projections.values()].map((projection) => ({
      name: projection.name,
      take: (term, giveUp) => {
        const follower = this.#open(projection, { term, lost: giveUp });
        follower.start();
        return {
          stop: async () => {
            await follower.stop();
            this.#followers.delete(projection.name);
          },
        };
      },
    }));
  }

  /** Resolves when every batch in hand has been committed or given up. */
  async stop(): Promise<void> {
    await Promise.all([...this.#followers.values()].map((follower) => follower.stop()));
  }

  status(): Promise<readonly FollowerStatus[]> {
    const names = [...this.#projections.keys()];
    return Promise.all(names.map(async (name) => this.#followers.get(name)?.status() ?? standby(name)));
  }

  /**
   * Builds a projection anew; resolves when its documents are gone and it has begun.
   * @throws NotOwnerHere another worker runs it
   */
  async rebuild(projection: string): Promise<void> {
    await this.#follower(projection).restart('a rebuild was asked for');
  }

  /** What a projection could not handle. */
  async parked(projection: string): Promise<readonly ParkedStream[]> {
    return listParked(this.#options.views, this.#known(projection).name);
  }

  /**
   * Tries a parked stream again; true when none of it is parked any longer.
   * @throws NotOwnerHere another worker runs the projection
   */
  async retryParked(projection: string, stream: string): Promise<boolean> {
    return this.#follower(projection).retryParked(stream);
  }

  #open(projection: Projection, owner?: Pick<FollowerOptions, 'term' | 'lost'>): Follower {
    const { cachedDocuments, heldDocuments, ...options } = this.#options;
    const { name, handles, collections } = projection;
    const handler = new Projector({ projection, views: options.views, cachedDocuments, heldDocuments });
    const follower = new Follower({ ...options, ...owner, name, handles, collections, handler });
    this.#followers.set(name, follower);
    return follower;
  }

  #follower(projection: string): Follower {
    const follower = this.#followers.get(this.#known(projection).name);
    if (follower) return follower;
    throw new NotOwnerHere(projection);
  }

  #known(name: string): Projection {
    const projection = this.#projections.get(name);
    if (projection) return projection;
    throw new TypeError(`There is no projection ${name}.`);
  }
}

function refuseDoubles(names: readonly string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw new TypeError(`${double} is there twice.`);
}
