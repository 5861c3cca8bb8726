import { setTimeout as delay } from 'node:timers/promises';
import { type Position, START } from '#event-store';
import {
  type CollectionDefinition,
  type CountQuery,
  type Document,
  type FindQuery,
  InvalidPageToken,
  type Page,
  type PrefixQuery,
  type ViewReader,
  ViewStoreUnavailable,
} from '#view-store';
import type { Projection } from './projection.ts';
import {
  followerOf,
  isReadable,
  type ProjectionVersions,
  projectionBuilds,
  projectionVersions,
  readableCollections,
  readableVersion,
  type StoredVersion,
  storedAs,
} from './versions.ts';

/** The result of a read of a projection's documents, with the position it reflects. */
export interface Settled<Result> {
  /** Everything up to here. */
  readonly position: Position;
  readonly result: Result;
}

/** Views that can be read with the guarantee that no document is missing. */
export interface SettledViews extends ViewReader {
  /**
   * Reads documents of a projection when it is complete: no document that follows from events up to the position is
   * missing, not even where a rebuild of the projection starts meanwhile.
   * @param projection its name
   * @param read is given the position; called again where documents were removed meanwhile
   * @throws ViewStoreUnavailable the projection is about to be rebuilt
   */
  settled<Result>(
    projection: string,
    read: (position: Position) => Promise<Result>,
  ): Promise<Settled<Result>>;
}

export interface ProjectionViewsOptions {
  /** How often the list of versions is read, while there are reads. */
  readonly refreshMs?: number;
}

const REFRESH_MS = 1_000;
/** After this long without the list, a version that is read may have been withdrawn. */
const STALE_MS = 30_000;
/** How long a read waits for a first version that is nearly built. */
const FIRST_BUILD_MS = 2_000;
const FIRST_BUILD_POLL_MS = 10;

/** One version of a projection, as it is read. */
interface View {
  readonly version: number;
  readonly follower: string;
  readonly collections: ReadonlyMap<string, CollectionDefinition<Document>>;
  /** The highest position reported to readers of this process. */
  reported: Position;
}

/** A projection, and the version of it that is read; `undefined` as long as none is built. */
interface Source {
  readonly projection: Projection;
  readonly own: View;
  view: View | undefined;
}

/**
 * The views under the names that this release uses. Of each projection, reads go to the latest version that is built
 * and not later than this release's own: while the own version is first being built, that is the former one.
 * Switching never loses what readers have already seen. Collections that belong to no projection are read directly.
 */
export class ProjectionViews implements SettledViews {
  readonly #stored: ViewReader;
  readonly #refreshMs: number;
  readonly #sources: ReadonlyMap<string, Source>;
  readonly #owners: ReadonlyMap<string, Source>;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;

  /** @param stored the store, which is closed with this */
  constructor(
    stored: ViewReader,
    projections: readonly Projection[],
    { refreshMs = REFRESH_MS }: ProjectionViewsOptions = {},
  ) {
    this.#stored = stored;
    this.#refreshMs = refreshMs;
    this.#sources = new Map(projections.map((projection) => [projection.name, sourceOf(projection)]));
    this.#owners = new Map(
      [...this.#sources.values()].flatMap((source) =>
        source.projection.collections.map(({ name }) => [name, source]),
      ),
    );
  }

  get<D extends Document>(collection: CollectionDefinition<D>, id: string): Promise<D | undefined> {
    return this.#read(collection, (stored) => this.#stored.get(stored, id));
  }

  getMany<D extends Document>(
    collection: CollectionDefinition<D>,
    ids: readonly string[],
  ): Promise<readonly (D | undefined)[]> {
    return this.#read(collection, (stored) => this.#stored.getMany(stored, ids));
  }

  find<D extends Document>(collection: CollectionDefinition<D>, query: FindQuery): Promise<Page<D>> {
    return this.#read(collection, (stored) => {
      verifySupported(collection, stored, query);
      return this.#stored.find(stored, query);
    });
  }

  findEach<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<D>[]> {
    return this.#readEach(collection, queries, (stored) => this.#stored.findEach(stored, queries));
  }

  findIds<D extends Document>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
  ): Promise<readonly Page<string>[]> {
    return this.#readEach(collection, queries, (stored) => this.#stored.findIds(stored, queries));
  }

  count<D extends Document>(
    collection: CollectionDefinition<D>,
    query: Omit<CountQuery, 'text'>,
  ): Promise<number> {
    return this.#read(collection, (stored) => {
      verifySupported(collection, stored, query);
      return this.#stored.count(stored, query);
    });
  }

  countUpTo<D extends Document>(
    collection: CollectionDefinition<D>,
    query: CountQuery,
    max: number,
  ): Promise<number | undefined> {
    return this.#read(collection, (stored) => {
      verifySupported(collection, stored, query);
      return this.#stored.countUpTo(stored, query, max);
    });
  }

  /** The position of a projection's view, or of its first build; or the checkpoint of any other follower. */
  async checkpoint(follower: string): Promise<Position> {
    const source = this.#sources.get(follower);
    if (source === undefined) return this.#stored.checkpoint(follower);
    await this.#refreshIfDue();
    for (;;) {
      const view = source.view ?? source.own;
      const position = await this.#stored.checkpoint(view.follower);
      // Reported after a switch, it would not be true of the version that is read now.
      if (view === (source.view ?? source.own)) return report(view, position);
    }
  }

  async waitFor(follower: string, position: Position, timeoutMs: number): Promise<boolean> {
    const source = this.#sources.get(follower);
    if (source === undefined) return this.#stored.waitFor(follower, position, timeoutMs);
    const deadline = performance.now() + timeoutMs;
    await this.#refreshIfDue();
    for (;;) {
      const view = source.view ?? source.own;
      const left = Math.max(0, deadline - performance.now());
      // The own version stays; from another one, readers may switch before it gets so far.
      const ms = view === source.own ? left : Math.min(left, this.#refreshMs);
      const reached = await this.#stored.waitFor(view.follower, position, ms);
      if (reached && view === (source.view ?? source.own)) {
        report(view, position);
        return true;
      }
      if (!reached && ms === left) return false;
      await this.#refresh();
    }
  }

  async settled<Result>(
    projection: string,
    read: (position: Position) => Promise<Result>,
  ): Promise<Settled<Result>> {
    const source = this.#sources.get(projection);
    if (source === undefined) throw new TypeError(`There is no projection ${projection}.`);
    const deadline = performance.now() + FIRST_BUILD_MS;
    for (;;) {
      await this.#refreshIfDue();
      const { follower } = source.view ?? (await this.#firstBuilt(source));
      const before = await this.#stored.get(projectionBuilds, follower);
      const position = before && (await this.checkpoint(projection));
      if (position !== undefined) {
        const result = await read(position);
        const after = await this.#stored.get(projectionBuilds, follower);
        if (after && after.build === before?.build) return { position, result };
      }
      if (performance.now() >= deadline) {
        throw new ViewStoreUnavailable(`The view ${projection} is about to be rebuilt.`);
      }
      await delay(FIRST_BUILD_POLL_MS);
    }
  }

  close(): Promise<void> {
    return this.#stored.close();
  }

  #readEach<D extends Document, Result>(
    collection: CollectionDefinition<D>,
    queries: readonly PrefixQuery[],
    read: (stored: CollectionDefinition<D>) => Promise<Result>,
  ): Promise<Result> {
    return this.#read(collection, (stored) => {
      for (const query of queries) verifySupported(collection, stored, query);
      return read(stored);
    });
  }

  /** Queries the version to be read; once more when it was dropped meanwhile. */
  async #read<D extends Document, Result>(
    collection: CollectionDefinition<D>,
    query: (stored: CollectionDefinition<D>) => Promise<Result>,
  ): Promise<Result> {
    const source = this.#owners.get(collection.name);
    if (source === undefined) return query(collection);
    const refreshed = this.#refreshIfDue();
    if (refreshed) await refreshed;
    const view = source.view ?? (await this.#firstBuilt(source));
    try {
      return await query(storedIn(view, collection));
    } catch (error) {
      if (error instanceof InvalidPageToken) throw error;
      await this.#refresh();
      if (source.view === view) throw error;
      return query(storedIn(await this.#firstBuilt(source), collection));
    }
  }

  /** Reads the list of versions when that is due; returns the promise to await before reading. */
  #refreshIfDue(): Promise<void> | undefined {
    const age = performance.now() - this.#refreshedAt;
    if (age < this.#refreshMs) return undefined;
    const refreshed = this.#refresh();
    if (age >= STALE_MS) return refreshed;
    // The caller that waits for the next attempt gets its error.
    refreshed.catch(() => undefined);
    return undefined;
  }

  /** @throws ViewStoreUnavailable nothing that this release can read has been built */
  async #firstBuilt(source: Source): Promise<View> {
    const deadline = performance.now() + FIRST_BUILD_MS;
    for (;;) {
      await this.#refresh();
      if (source.view) return source.view;
      if (performance.now() >= deadline) {
        throw new ViewStoreUnavailable(`The view ${source.projection.name} is being built.`);
      }
      await delay(FIRST_BUILD_POLL_MS);
    }
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#readVersions().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #readVersions(): Promise<void> {
    const startedAt = performance.now();
    const records = await this.#stored.getMany(projectionVersions, [...this.#sources.keys()]);
    await Promise.all(
      [...this.#sources.values()].map((source, place) => this.#choose(source, records[place])),
    );
    this.#refreshedAt = startedAt;
  }

  async #choose(source: Source, record: ProjectionVersions | undefined): Promise<void> {
    const { projection, own, view: before } = source;
    const chosen = record && readableVersion(record, projection.version);
    if (chosen?.version === before?.version) return;
    if (chosen === undefined) {
      source.view = undefined;
      return;
    }
    const next = chosen.version === own.version ? own : viewOf(projection.name, chosen);
    const isStillReadable =
      before && record?.versions.some((stored) => stored.version === before.version && isReadable(stored));
    if (!isStillReadable || (await this.#hasPassed(next, before))) source.view = next;
  }

  /** Whether `next` contains everything that readers may have seen before they switch to it. */
  async #hasPassed(next: View, before: View): Promise<boolean> {
    const seen = await this.#stored.checkpoint(before.follower);
    const position = await this.#stored.checkpoint(next.follower);
    return position >= seen && position >= before.reported;
  }
}

function sourceOf(projection: Projection): Source {
  const { version, collections } = projection;
  const own: View = {
    version,
    follower: followerOf(projection),
    collections: new Map(
      collections.map((collection) => [collection.name, storedAs(projection, collection)]),
    ),
    reported: START,
  };
  return { projection, own, view: undefined };
}

function viewOf(name: string, stored: StoredVersion): View {
  const { version } = stored;
  const collections = readableCollections(name, stored);
  return { version, follower: followerOf({ name, version }), collections, reported: START };
}

function report(view: View, position: Position): Position {
  if (position > view.reported) view.reported = position;
  return position;
}

/** @throws ViewStoreUnavailable the version that is read has no such collection */
function storedIn<D extends Document>(
  { version, collections }: View,
  { name }: CollectionDefinition<D>,
): CollectionDefinition<D> {
  const stored = collections.get(name) as CollectionDefinition<D> | undefined;
  if (stored) return stored;
  throw new ViewStoreUnavailable(
    `Version ${version}, which is read until the new one is built, has no ${name}.`,
  );
}

/** @throws ViewStoreUnavailable the version that is read does not support the query, but the own one does */
function verifySupported<D extends Document>(
  own: CollectionDefinition<D>,
  stored: CollectionDefinition<D>,
  { index, text }: Pick<FindQuery, 'index' | 'text'>,
): void {
  const missing =
    (Object.hasOwn(own.indexes, index) && !Object.hasOwn(stored.indexes, index)) ||
    (text !== undefined && own.text !== undefined && stored.text === undefined);
  if (missing) {
    throw new ViewStoreUnavailable(
      `${stored.name}, which is read until the new version is built, does not support this query by ${index}.`,
    );
  }
}
