import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition, Document } from '#view-store';
import type { Projection } from './projection.ts';

/** The stored collection of a version, and the queries it supports. */
export interface StoredCollection {
  readonly name: string;
  readonly indexes: readonly string[];
  readonly text: boolean;
}

/** One version of a projection, with collections and a follower of its own. */
export interface StoredVersion {
  readonly version: number;
  readonly collections: readonly StoredCollection[];
  /** When it first reached the end of the log; it may be read from then on. */
  readonly builtAt?: Instant;
  /** Since when it is unused: a later version was built, and no worker that runs this one has renewed its claim. */
  readonly retiredAt?: Instant;
  /** Since when it must not be read, because it is about to be dropped. */
  readonly withdrawnAt?: Instant;
}

/** Which versions of a projection are stored. The latest of those that are built is the live one. */
export interface ProjectionVersions extends Document {
  readonly versions: readonly StoredVersion[];
}

/** By the projections' names. */
export const projectionVersions: CollectionDefinition<ProjectionVersions> = {
  name: 'projection-versions',
  indexes: {},
};

/** The build of a projection that started with empty collections, and so can continue from what it has stored. */
export interface ProjectionBuild extends Document {
  /** Another one for each build; absent where an earlier release started it. */
  readonly build?: string;
}

/** By the followers' names. Removed before the collections are emptied, and written again afterwards. */
export const projectionBuilds: CollectionDefinition<ProjectionBuild> = {
  name: 'projection-builds',
  indexes: {},
};

/** The name of the follower that builds this version of the projection. */
export function followerOf({ name, version }: Pick<Projection, 'name' | 'version'>): string {
  return `${name}-v${version}`;
}

/** The name under which a version keeps one of its collections: no two versions ever share one. */
export function storedName(projection: Pick<Projection, 'name' | 'version'>, collection: string): string {
  return `${followerOf(projection)}-${collection}`;
}

const ownCollections = new WeakMap<
  CollectionDefinition<Document>,
  Map<string, CollectionDefinition<Document>>
>();

/**
 * A collection as the projection's version keeps it. Always the same object: stores compare definitions by identity.
 */
export function storedAs(
  projection: Pick<Projection, 'name' | 'version'>,
  collection: CollectionDefinition<Document>,
): CollectionDefinition<Document> {
  const name = storedName(projection, collection.name);
  const known = ownCollections.get(collection) ?? new Map<string, CollectionDefinition<Document>>();
  const stored = known.get(name) ?? { ...collection, name };
  ownCollections.set(collection, known.set(name, stored));
  return stored;
}

const otherCollections = new Map<string, CollectionDefinition<Document>>();

/** Another version's collections, for reading: only that version's code knows how its documents are indexed. */
export function readableCollections(
  name: string,
  { version, collections }: StoredVersion,
): ReadonlyMap<string, CollectionDefinition<Document>> {
  return new Map(
    collections.map((stored) => {
      const physical = { ...stored, name: storedName({ name, version }, stored.name) };
      const identity = JSON.stringify(physical);
      const definition = otherCollections.get(identity) ?? readable(physical);
      otherCollections.set(identity, definition);
      return [stored.name, definition];
    }),
  );
}

function readable({ name, indexes, text }: StoredCollection): CollectionDefinition<Document> {
  const nothing = () => undefined;
  return {
    name,
    indexes: Object.fromEntries(indexes.map((index) => [index, nothing])),
    ...(text && { text: nothing }),
  };
}

/** Whether the documents of the version can be read. */
export function isReadable({ builtAt, withdrawnAt }: StoredVersion): boolean {
  return builtAt !== undefined && withdrawnAt === undefined;
}

/** The version that code of version `own` reads: the latest that can be read and is no later than its own. */
export function readableVersion({ versions }: ProjectionVersions, own: number): StoredVersion | undefined {
  return latest(versions.filter((stored) => stored.version <= own && isReadable(stored)));
}

/** The record with the projection's version. A version that returns after a later one is retired at once. */
export function addVersion(
  record: ProjectionVersions,
  { version, collections }: Projection,
  now: Instant,
): ProjectionVersions {
  const described = collections.map(({ name, indexes, text }) => ({
    name,
    indexes: Object.keys(indexes).toSorted(),
    text: text !== undefined,
  }));
  const known = record.versions.find((stored) => stored.version === version);
  if (known && isDeepStrictEqual(known.collections, described)) return record;
  const retired = known === undefined && version < liveVersion(record) && { retiredAt: now };
  const others = record.versions.filter((stored) => stored !== known);
  return { ...record, versions: [...others, { ...known, version, collections: described, ...retired }] };
}

/** The record with the version built: it is live unless a later one is, and the earlier ones are retired. */
export function markBuilt(record: ProjectionVersions, version: number, now: Instant): ProjectionVersions {
  const known = record.versions.find((stored) => stored.version === version);
  if (known === undefined || known.builtAt !== undefined) return record;
  return {
    ...record,
    versions: record.versions.map((stored) => {
      if (stored === known) return { ...stored, builtAt: now };
      return stored.version < version && stored.retiredAt === undefined
        ? { ...stored, retiredAt: now }
        : stored;
    }),
  };
}

/** The record with one version changed. */
export function amendVersion(
  record: ProjectionVersions,
  version: number,
  change: Pick<StoredVersion, 'retiredAt' | 'withdrawnAt'>,
): ProjectionVersions {
  return {
    ...record,
    versions: record.versions.map((stored) =>
      stored.version === version ? { ...stored, ...change } : stored,
    ),
  };
}

/** The record without the version. */
export function removeVersion(record: ProjectionVersions, version: number): ProjectionVersions {
  return { ...record, versions: record.versions.filter((stored) => stored.version !== version) };
}

/** The live version's number; 0 when there is none. */
function liveVersion({ versions }: ProjectionVersions): number {
  return latest(versions.filter(({ builtAt }) => builtAt !== undefined))?.version ?? 0;
}

function latest(versions: readonly StoredVersion[]): StoredVersion | undefined {
  return versions.toSorted((a, b) => b.version - a.version)[0];
}
