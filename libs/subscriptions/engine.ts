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
import { Projector, sortDerivations } from './projector.ts';
import { SharedReader } from './shared-reader.ts';
import { VersionRegistry } from './version-registry.ts';
import { followerOf, projectionVersions, readableVersion, storedAs } from './versions.ts';
import { BufferBudget } from './weight.ts';

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
  /** About how many bytes of documents all projections together buffer, while there is more to read, before writing. */
  readonly bufferedBytes?: number;
  /** How often an event is tried before its stream is parked. */
  readonly attempts?: number;
  readonly pauses?: Pauses;
  /** How long a version is kept for its remaining readers, once a later one is live and no worker runs it. */
  readonly graceMs?: number;
}

/**
 * The result of a swap: readers get this release's version (or did already); it shows less than the one that is
 * read; its build has not started.
 */
export type Swapped = 'swapped' | 'behind' | 'not-started';

const BUFFERED_BYTES = 24 * 1024 * 1024;
const CACHED_BYTES = 16 * 1024 * 1024;

/** A running projection. */
interface Active {
  readonly follower: Follower;
  readonly handler: Projector;
  readonly versions: VersionRegistry;
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
  readonly #budget: BufferBudget;
  readonly #cache: DocumentCache;
  /** The projections that run here, or did until the engine was stopped, by name. */
  readonly #running = new Map<string, Active>();

  /**
   * @throws TypeError two projections share a name or a collection, or one derives its collections from each other
   */
  constructor({ projections, ...options }: ProjectionEngineOptions) {
    refuseDuplicates(projections.map(({ name }) => name));
    refuseDuplicates(projections.flatMap(({ collections }) => collections.map(({ name }) => name)));
    for (const projection of projections) sortDerivations(projection);
    this.#budget = new BufferBudget(options.bufferedBytes ?? BUFFERED_BYTES);
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
      start: (term, giveUp) => {
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

  /** Drops unused versions of the running projections now, in addition to every minute. */
  async cleanUp(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ versions }) => versions.cleanUp()));
  }

  /**
   * Rebuilds a projection; resolves when its documents are removed and the build has started.
   * @throws NotOwnerHere another worker runs it
   */
  async rebuild(projection: string): Promise<void> {
    await this.#follower(projection).restart('a rebuild was requested');
  }

  /** To be called after stored views were removed: rebuilds the projections that run here without waiting for an event. */
  reopen(): void {
    for (const { follower } of this.#running.values()) follower.reopen();
  }

  /**
   * Lets readers switch to this release's version of a projection before it has reached the log's end, if it has passed
   * what the version that is read shows.
   */
  async swap(projection: string): Promise<Swapped> {
    const known = this.#known(projection);
    const { views, clock, log } = this.#options;
    const record = await views.get(projectionVersions, projection);
    const own = record?.versions.find(({ version }) => version === known.version);
    if (record === undefined || own === undefined) return 'not-started';
    const read = readableVersion(record, known.version);
    if (read?.version === known.version) return 'swapped';
    const [shown, built] = await Promise.all(
      [read?.version ?? known.version, known.version].map((version) =>
        views.checkpoint(followerOf({ name: projection, version })),
      ),
    );
    if (built! < shown!) return 'behind';
    await new VersionRegistry({ projection: known, views, clock, log }).markBuilt();
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
   * Skips the event that a stream was parked on, if it still is, and tries those after it.
   * @throws NotOwnerHere another worker runs the projection
   */
  async skipParked(projection: string, stream: string, eventId: string): Promise<Skipped> {
    return this.#follower(projection).skipParked(stream, eventId);
  }

  #open(projection: Projection, owner?: Pick<FollowerOptions, 'term' | 'lost'>): Active {
    const { graceMs, ...options } = this.#options;
    const { views, clock, log } = options;
    const { handles, gatherMs } = projection;
    const name = followerOf(projection);
    const collections = projection.collections.map((collection) => storedAs(projection, collection));
    const versions = new VersionRegistry({ projection, views, clock, log, graceMs });
    const cache = this.#cache;
    const budget = this.#budget;
    const handler = new Projector({ projection, views, versions, cache, budget });
    const follower = new Follower({ ...options, ...owner, name, handles, gatherMs, collections, handler });
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

function refuseDuplicates(names: readonly string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) throw new TypeError(`${double} is defined twice.`);
}
