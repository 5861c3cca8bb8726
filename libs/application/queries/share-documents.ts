import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Actor } from '#domain/kernel';
import { accountsProjection, counterparties } from '#projections/accounts';
import { type ActivityDocument, activities, activitiesProjection, entryAsOf } from '#projections/activities';
import {
  accountInstallation,
  installations,
  installationsProjection,
  readableRevision,
} from '#projections/installations';
import { type PackageItemState, packageItemId, packageItems, sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { type ActivityView, activityView, carriesDocument } from './activities.ts';
import { documentByClock } from './installations.ts';
import { collectPage, withItems } from './paging.ts';
import { shareForParty } from './shares.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** A document, and its installation by the reader's own reference. */
export interface ShareDocumentView extends ActivityView {
  readonly installation: { readonly id: string; readonly reference: string };
}

/** What the holder drew up or attached on a share's installations while it had access through it, the latest first. */
export class ListShareDocuments extends ViewQuery<PageOf<ShareDocumentView>> {
  readonly reads = [
    sharesProjection.name,
    activitiesProjection.name,
    installationsProjection.name,
    accountsProjection.name,
  ];

  constructor(
    caller: Actor,
    readonly shareId: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(ListShareDocuments)
export class ListShareDocumentsHandler
  implements IQueryHandler<ListShareDocuments, PageOf<ShareDocumentView>>
{
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found` */
  async execute({ caller, shareId, page }: ListShareDocuments): Promise<PageOf<ShareDocumentView>> {
    const { summary } = await shareForParty(this.views, shareId, caller.account);
    const holder = summary.requester;
    const listed = {
      collection: activities,
      query: { index: 'documents-by-account', prefix: [holder], direction: 'descending' },
    } as const;
    const names = await counterparties(this.views, [holder]);
    const found = await collectPage(this.views, listed, page, async (documents) => {
      const under = await this.drawnUpUnder(shareId, documents);
      const readable = await this.readableBy(caller.account, under);
      return documents.map((document) => {
        const { installationId } = document;
        const reader = under.has(document) ? readable.get(installationId) : undefined;
        const entry = reader && entryAsOf(document, reader.upTo);
        if (reader === undefined || entry === undefined || !carriesDocument(entry)) return undefined;
        const installation = { id: installationId, reference: reader.reference };
        return { ...activityView(entry, names, false), installation };
      });
    });
    return withItems(found, found.items);
  }

  private async drawnUpUnder(
    shareId: string,
    documents: readonly ActivityDocument[],
  ): Promise<ReadonlySet<ActivityDocument>> {
    const ids = documents.map(({ installationId }) => packageItemId(shareId, installationId));
    const items = await this.views.getMany(packageItems, ids);
    return new Set(documents.filter((document, index) => isWithin(items[index]?.state, document)));
  }

  /** How far the account may read each of their installations. */
  private async readableBy(account: string, documents: ReadonlySet<ActivityDocument>) {
    const ids = [...new Set([...documents].map(({ installationId }) => installationId))];
    const found = await this.views.getMany(installations, ids);
    const now = this.clock.now();
    return new Map(
      found.flatMap((stored) => {
        const document = stored && documentByClock(stored, now);
        const row = document && accountInstallation(document, account);
        if (document === undefined || row === undefined) return [];
        const { reference } = row.placement;
        return [[document.id, { reference, upTo: readableRevision(document, account) }] as const];
      }),
    );
  }
}

/** Whether it was added while access through the share lasted. */
function isWithin(state: PackageItemState | undefined, { versions: [{ at }] }: ActivityDocument): boolean {
  if (state?.kind !== 'placed' && state?.kind !== 'withdrawn') return false;
  const { placedAt } = state;
  if (placedAt === undefined || at < placedAt) return false;
  return state.kind === 'placed' || at <= state.withdrawnAt;
}
