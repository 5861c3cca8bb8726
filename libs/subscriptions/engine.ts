import type { Recorded } from '#contracts';
import type { EventReader, RecordedEvent } from '#event-store';
import type { ViewStore } from '#view-store';
import type { Pauses } from './back-off.ts';
import type { Clock, Skipped } from './deliverer.ts';
import { DocumentCache } from './document-cache.ts';
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
import { VersionKeeper } from './version-keeper.ts';
import { followerOf, projectionVersions, readableVersion, storedAs } from './versions.ts';
import { GatheringMemory } from './weight.ts';

export interface ProjectionEngineOptions {
  readonly reader: EventReader;
  readonly views: ViewStore;
  readonly projections: readonly Projection[];
  /** A stored event in today's shape. */
  readonly deserialise: (event: RecordedEvent) => Recorded;
  readonly clock: Clock;
  readonly log: Log;
  readonly batchSizes?: BatchSizes;
  /** About how many bytes of documents are kept in memory between batches, of all projections together. */
  readonly cachedBytes?: number;
  /** About how many bytes of documents all projections gather, while there is more to read, before they are written. */
  readonly gatheredBytes?: number;
  /** How often an event is tried before its stream is parked. */
  readonly attempts?: number;
  readonly pauses?: Pauses;
  /** How long a version is kept for its remaining readers, once a later one is live and no worker runs it. */
  readonly graceMs?: number;
}

/**
 * What became of a swap: readers are given this release's version (or were already); it shows less than the one that is
 * read; it has not begun to be built.
 */
export type Swapped = 'swapped' | 'behind' | 'not-begun';

const GATHERED_BYTES = 24 * 1024 * 1024;
const CACHED_BYTES = 16 * 1024 * 1024;

/** A running projection. */
interface Active {
  readonly follower: Follower;
  readonly handler: Projector;
  readonly versions: VersionKeeper;
}

/**
 * Runs projections, each with its own follower, so that one that fails or is rebuilt delays no other. While they are
 * at the same place, the log is read once for all. Every version of a projection has collections of its own: one that
 * has never been built is built from the start of the log, beside the one that is read until then.
 *
 * It runs all of them, where it is their only owner, or those whose lease it has.
 */
export class ProjectionEngine {
  readonly #options: Omit<ProjectionEngineOptions, 'projections'>;
  readonly #projections: ReadonlyMap<string, Projection>;
  readonly #memory: GatheringMemory;
  readonly #cache: DocumentCache;
  /** Those that run here, or did until it was stopped, by their projections' names. */
  readonly #running = new Map<string, Active>();

  /**
   * @throws TypeError two projections share a name or a collection, or one derives its collections from each other
   */
  constructor({ projections, ...options }: ProjectionEngineOptions) {
    refuseDoubles(projections.map(({ name }) => name));
    refuseDoubles(projections.flatMap(({ collections }) => collections.map(({ name }) => name)));
    for (const projection of projections) inOrder(projection);
    this.#memory = new GatheringMemory(options.gatheredBytes ?? GATHERED_BYTES);
    this.#cache = new DocumentCache(options.cachedBytes ?? CACHED_BYTES);
    this.#options = { ...options, reader: SharedReader.over(options.reader) };
    this.#projections = new Map(projections.map((projection) => [projection.name, projection]));
  }

  /** Runs all projections, as their only owner. */
  start(): void {
    for (const projection of this.#projections.values()) {
      begin(this.#running.get(projection.name) ?? this.#open(projection));
    }
  }

  /**
   * Each projection separately, for the holder of its lease. A new owner reuses nothing an earlier one kept in
   * memory.
   */
  get leased(): readonly Leased[] {
    return [...this.#projections.values()].map((projection) => ({
      name: followerOf(projection),
      take: (term, giveUp) => {
        const running = this.#open(projection, { term, lost: giveUp });
        begin(running);
        return {
          stop: async () => {
            await end(running);
            this.#running.delete(projection.name);
          },
        };
      },
    }));
  }

  /** Resolves when every pending batch has been committed or abandoned. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(end));
  }

  /** By the names of the followers, which contain the versions. */
  status(): Promise<readonly FollowerStatus[]> {
    return Promise.all(
      [...this.#projections.values()].map(
        async (projection) =>
          this.#running.get(projection.name)?.follower.status() ?? standby(followerOf(projection)),
      ),
    );
  }

  /** Tidies former versions of the running projections now, besides every minute. */
  async tidy(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ versions }) => versions.tidy()));
  }

  /**
   * Rebuilds a projection; resolves when its documents are removed and the build has started.
   * @throws NotOwnerHere another worker runs it
   */
  async rebuild(projection: string): Promise<void> {
    await this.#follower(projection).restart('a rebuild was requested');
  }

  /** After what is stored was removed: every projection that runs here is built anew, though nothing happens. */
  reopen(): void {
    for (const { follower } of this.#running.values()) follower.reopen();
  }

  /**
   * Lets readers switch to this release's version of a projection before it has come to the log's end, if it has passed
   * what the version that is read shows.
   */
  async swap(projection: string): Promise<Swapped> {
    const known = this.#known(projection);
    const { views, clock, log } = this.#options;
    const record = await views.get(projectionVersions, projection);
    const own = record?.versions.find(({ version }) => version === known.version);
    if (record === undefined || own === undefined) return 'not-begun';
    const read = readableVersion(record, known.version);
    if (read?.version === known.version) return 'swapped';
    const [shown, built] = await Promise.all(
      [read?.version ?? known.version, known.version].map((version) =>
        views.checkpoint(followerOf({ name: projection, version })),
      ),
    );
    if (built! < shown!) return 'behind';
    await new VersionKeeper({ projection: known, views, clock, log }).built();
    return 'swapped';
  }

  /** What a projection could not handle. */
  async parked(projection: string): Promise<readonly ParkedStream[]> {
    return listParked(this.#options.views, followerOf(this.#known(projection)));
  }

  /**
   * Tries a parked stream again; true when none of it is parked any longer.
   * @throws NotOwnerHere another worker runs the projection
   */
  async retryParked(projection: string, stream: string): Promise<boolean> {
    return this.#follower(projection).retryParked(stream);
  }

  /**
   * Passes over the event that a stream was parked on, if it still is, and tries those behind it.
   * @throws NotOwnerHere another worker runs the projection
   */
  async skipParked(projection: string, stream: string, eventId: string): Promise<Skipped> {
    return this.#follower(projection).skipParked(stream, eventId);
  }

  #open(projection: Projection, owner?: Pick<FollowerOptions, 'term' | 'lost'>): Active {
    const { graceMs, ...options } = this.#options;
    const { views, clock, log } = options;
    const { handles } = projection;
    const name = followerOf(projection);
    const collections = projection.collections.map((collection) => storedAs(projection, collection));
    const versions = new VersionKeeper({ projection, views, clock, log, graceMs });
    const cache = this.#cache;
    const memory = this.#memory;
    const handler = new Projector({ projection, views, versions, cache, memory });
    const follower = new Follower({ ...options, ...owner, name, handles, collections, handler });
    const running = { follower, handler, versions };
    this.#running.set(projection.name, running);
    return running;
  }

  #follower(projection: string): Follower {
    const running = this.#running.get(this.#known(projection).name);
    if (running) return running.follower;
    throw new NotOwnerHere(projection);
  }

  #known(name: string): Projection {
    const projection = this.#projections.get(name);
    if (projection) return projection;
    throw new TypeError(`There is no projection ${name}.`);
  }
}

function begin({ follower, versions }: Active): void {
  follower.start();
  versions.start();
}

async function end({ follower, handler, versions }: Active): Promise<void> {
  await Promise.all([follower.stop(), versions.stop()]);
  handler.discard();
}

function refuseDoubles(names: readonly string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw new TypeError(`${double} is defined twice.`);
}
