import { type Instant, toMillis } from '#domain/kernel';
import type { Position } from '#event-store';
import { CheckpointMoved, type ViewStore, ViewStoreUnavailable, type Write } from '#view-store';
import type { Clock } from './deliverer.ts';
import type { Log } from './log.ts';
import { listParked, removeParked } from './parking.ts';
import type { Projection } from './projection.ts';
import {
  addVersion,
  amendVersion,
  followerOf,
  markBuilt,
  type ProjectionVersions,
  projectionBuilds,
  projectionVersions,
  removeVersion,
  type StoredVersion,
  storedName,
} from './versions.ts';

export interface VersionRegistryOptions {
  readonly projection: Projection;
  readonly views: ViewStore;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a version that is no longer live is kept for its remaining readers. */
  readonly graceMs?: number;
}

const GRACE_MS = 10 * 60_000;
const CLEAN_UP_MS = 60_000;

/** After this long every reader knows that a version has been withdrawn. */
const READER_GRACE_MS = 60_000;

/**
 * Maintains the record of a projection's versions, for a worker that runs one of them. Each change is made under the
 * condition that no other was made meanwhile, so that workers of several releases may do it concurrently.
 */
export class VersionRegistry {
  readonly #options: VersionRegistryOptions;
  /** Its checkpoint counts the changes. */
  readonly #counter: string;
  readonly #graceMs: number;
  #timer: NodeJS.Timeout | undefined;
  #cleaning: Promise<void> | undefined;

  constructor(options: VersionRegistryOptions) {
    this.#options = options;
    this.#counter = `${options.projection.name}-versions`;
    this.#graceMs = options.graceMs ?? GRACE_MS;
  }

  /** Cleans up every minute, until it is stopped. */
  start(): void {
    const { projection, log } = this.#options;
    this.#timer ??= setInterval(() => {
      this.#cleaning = this.cleanUp().catch((error: unknown) => {
        log.warn(
          { projection: projection.name, err: error },
          'Could not clean up former versions of the projection',
        );
      });
    }, CLEAN_UP_MS).unref();
  }

  /** Resolves when its work has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#cleaning;
  }

  /**
   * Makes the version known, before anything of it is stored.
   * @throws ViewStoreUnavailable it is being dropped; once it is gone it can be built again
   */
  async announce(): Promise<void> {
    const { projection, clock } = this.#options;
    const { record } = await this.#change((record) => addVersion(record, projection, clock.now()));
    const own = record.versions.find(({ version }) => version === projection.version);
    if (own?.withdrawnAt !== undefined) {
      throw new ViewStoreUnavailable(`${followerOf(projection)} is being dropped.`);
    }
  }

  /** The version has reached the end of the log: unless a later one is live, readers switch to it. */
  async markBuilt(): Promise<void> {
    const { projection, clock, log } = this.#options;
    const { name, version } = projection;
    const { changed, record } = await this.#change((record) => markBuilt(record, version, clock.now()));
    const replacesAnother = changed && record.versions.length > 1;
    if (replacesAnother)
      log.info({ projection: name, version }, 'A new version of the projection has caught up with the log');
  }

  /**
   * Drops versions that nobody has needed for the grace period, and keeps the own one from being dropped by others:
   * as long as a worker runs a version, it may be read.
   */
  async cleanUp(): Promise<void> {
    const { projection, views, clock } = this.#options;
    const now = clock.now();
    const passed = (since: Instant) => toMillis(now) - toMillis(since);
    const record = await views.get(projectionVersions, projection.name);
    for (const stored of record?.versions ?? []) {
      const { version, retiredAt, withdrawnAt } = stored;
      if (withdrawnAt !== undefined) {
        // The worker that renews this mark drops it; if that worker dies, another one renews the mark.
        const due = passed(withdrawnAt) >= READER_GRACE_MS;
        if (due && (await this.#amend(stored, { withdrawnAt: now }))) await this.#drop(stored);
      } else if (retiredAt !== undefined) {
        if (version === projection.version) {
          if (passed(retiredAt) >= this.#graceMs / 4) await this.#amend(stored, { retiredAt: now });
        } else if (passed(retiredAt) >= this.#graceMs) {
          await this.#amend(stored, { withdrawnAt: now });
        }
      }
    }
  }

  async #drop({ version, collections }: StoredVersion): Promise<void> {
    const { projection, views, log } = this.#options;
    const follower = followerOf({ name: projection.name, version });
    const names = collections.map(({ name }) => storedName({ name: projection.name, version }, name));
    await views.drop(follower, names);
    const parked = await listParked(views, follower);
    await this.#change(
      (record) => removeVersion(record, version),
      [...parked.map(removeParked), { collection: projectionBuilds, id: follower, document: undefined }],
    );
    log.info({ projection: projection.name, version }, 'A former version of the projection was dropped');
  }

  /** False when the version has changed since it was read. */
  async #amend(
    seen: StoredVersion,
    change: Pick<StoredVersion, 'retiredAt' | 'withdrawnAt'>,
  ): Promise<boolean> {
    const { changed } = await this.#change((record) => {
      const stored = record.versions.find(({ version }) => version === seen.version);
      const same = stored?.retiredAt === seen.retiredAt && stored?.withdrawnAt === seen.withdrawnAt;
      return same ? amendVersion(record, seen.version, change) : record;
    });
    return changed;
  }

  /** Applies a change with its writes to the current record, again when another change came first. */
  async #change(
    change: (record: ProjectionVersions) => ProjectionVersions,
    writes: readonly Write[] = [],
  ): Promise<{ readonly record: ProjectionVersions; readonly changed: boolean }> {
    const { projection, views } = this.#options;
    const { name: id } = projection;
    for (;;) {
      // Read before the record: a change made in between is noticed.
      const from = await views.checkpoint(this.#counter);
      const before = (await views.get(projectionVersions, id)) ?? { id, versions: [] };
      const record = change(before);
      if (record === before) return { record, changed: false };
      try {
        const write: Write = { collection: projectionVersions, id, document: record };
        const to = (from + 1) as Position;
        await views.commit({ follower: this.#counter, from, to, writes: [write, ...writes] });
        return { record, changed: true };
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
      }
    }
  }
}
