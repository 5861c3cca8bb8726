import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SqliteViewStore } from '#view-store/sqlite';
import type { Projection } from './projection.ts';
import { AT } from './testing/memory-log.ts';
import { VersionRegistry } from './version-registry.ts';
import { projectionVersions, readableVersion } from './versions.ts';

describe('registries of the versions of a projection', () => {
  let views: SqliteViewStore;

  beforeEach(() => {
    views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  });
  afterEach(() => views.close());

  const registryOf = (version: number) => {
    const projection: Projection = {
      name: 'notebook',
      version,
      collections: [],
      handles: [],
      project: () => [],
    };
    const log = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
    return new VersionRegistry({ projection, views, clock: { now: () => AT }, log });
  };

  it('lose no concurrent change', async () => {
    const registries = [1, 2, 3, 4].map(registryOf);
    await Promise.all(registries.map((registry) => registry.announce()));
    await Promise.all(registries.map((registry) => registry.markBuilt()));
    const record = await views.get(projectionVersions, 'notebook');
    const known = record?.versions.toSorted((a, b) => a.version - b.version);
    expect(known).toMatchObject([
      { version: 1, builtAt: AT, retiredAt: AT },
      { version: 2, builtAt: AT, retiredAt: AT },
      { version: 3, builtAt: AT, retiredAt: AT },
      { version: 4, builtAt: AT },
    ]);
    expect(record && readableVersion(record, 9)).toMatchObject({ version: 4 });
    expect(known?.[3]).not.toHaveProperty('retiredAt');
  });

  it('log once that a version is built, and write nothing where nothing changes', async () => {
    const registry = registryOf(1);
    await registry.announce();
    await registry.markBuilt();
    const commits = jest.spyOn(views, 'commit');
    await registry.announce();
    await registry.markBuilt();
    await registry.cleanUp();
    expect(commits).not.toHaveBeenCalled();
  });
});
