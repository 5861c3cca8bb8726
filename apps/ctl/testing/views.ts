import type { Instant } from '#domain/kernel';
import { type Projection, projectionVersions } from '#subscriptions';
import type { ViewStore, Write } from '#view-store';

/** Has the views of this release read as they are stored. */
export async function readAsBuilt(stored: ViewStore, projections: readonly Projection[], at: Instant) {
  const follower = 'versions-of-specs';
  const writes = projections.map(({ name: id, version }) => {
    const document = { id, versions: [{ version, builtAt: at, collections: [] }] };
    return { collection: projectionVersions, id, document } as unknown as Write;
  });
  const from = await stored.checkpoint(follower);
  await stored.commit({ follower, from, to: from, writes });
}
