import { PersistentMap } from '#domain/kernel';
import type { PackageItem } from '#domain/share';
import { type Position, START } from '#event-store';
import { customers, locations } from '#projections/catalogue';
import { accountInstallations } from '#projections/installations';
import { packageItemId, packageItems } from '#projections/shares';
import type { Document, ViewReader, Write } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { Matching } from '../../libs/application/queries/matching.ts';
import { Plan } from '../../libs/application/queries/plan.ts';
import { Rivals } from '../../libs/application/queries/rivals.ts';
import { ACCOUNT, type Corpus } from './corpus.ts';

const SHARE = 'share';

/** Keeps a catalogue, and what is on offer, in a view store: in memory, or in the file given. */
export async function storing(
  catalogue: Pick<Corpus, 'customers' | 'locations' | 'installations' | 'items'>,
  path = ':memory:',
): Promise<{ readonly views: ViewReader; readonly close: () => Promise<void> }> {
  const views = new SqliteViewStore({ path, discarded: () => undefined });
  const kept = [
    [customers, catalogue.customers],
    [locations, catalogue.locations],
    [accountInstallations, catalogue.installations],
    [packageItems, catalogue.items.map(offered)],
  ] as const;
  const writes = kept.flatMap(([collection, documents]) =>
    documents.map((document: Document) => ({ collection, id: document.id, document }) as unknown as Write),
  );
  await views.commit({ follower: 'corpus', from: START, to: 1 as Position, writes });
  return { views, close: async () => views.close() };
}

function offered(item: PackageItem) {
  const id = packageItemId(SHARE, item.installationId);
  return { id, shareId: SHARE, item, state: { kind: 'offered' }, revision: 0 };
}

/** The plan of a share of which no step has been confirmed. */
export function planIn(views: ViewReader): Plan {
  const nothing = {
    customers: PersistentMap.empty<never, never>(),
    locations: PersistentMap.empty<never, never>(),
  };
  return new Plan(new Matching(views, ACCOUNT), new Rivals(views, SHARE), nothing);
}
