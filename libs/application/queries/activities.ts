import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Activity, installationRoles, type WorkOrderDocument } from '#domain/installation';
import { type Actor, hasRole, type Instant } from '#domain/kernel';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import {
  type ActivityDocument,
  activities,
  activitiesProjection,
  entryAsOf,
  type LogbookEntry,
} from '#projections/activities';
import { installationsProjection, readableRevision } from '#projections/installations';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { installationFor } from './installations.ts';
import { type Listing, listPage, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

export type ActivityAction = 'change' | 'remove';

/** An entry of a logbook. */
export interface ActivityView extends Activity {
  readonly id: string;
  /** The account that added it, which alone may change it (R-G2). */
  readonly account: Counterparty;
  /** A work order's, fixed when it was issued (R-A4). */
  readonly document?: WorkOrderDocument;
  readonly addedAt: Instant;
  readonly changedAt?: Instant;
  readonly allowedActions: readonly ActivityAction[];
}

/** The logbook of an installation, the latest work first; a former holder's ends where its access did (R-V5). */
export class ListActivities extends ViewQuery<PageOf<ActivityView>> {
  readonly reads = [activitiesProjection.name, installationsProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly installationId: string,
    readonly page: PageRequest,
    /** Only entries with a document: work orders, and entries with an attached file. */
    readonly documents = false,
  ) {
    super(caller);
  }
}

@QueryHandler(ListActivities)
export class ListActivitiesHandler implements IQueryHandler<ListActivities, PageOf<ActivityView>> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller never had access to it */
  async execute({ caller, installationId, page, documents }: ListActivities): Promise<PageOf<ActivityView>> {
    const now = this.clock.now();
    const { row, document } = await installationFor(this.views, installationId, caller.account, now);
    const former = row.access.kind === 'former' ? row.access.readableRevision : undefined;
    const found = await listPage(this.views, listing(installationId, former, documents), page);
    // The view of entries may be ahead of the view of access, which may not show yet that the reader's
    // access ended before.
    const upTo = readableRevision(document, caller.account);
    const entries = found.items.flatMap((entry) => entryAsOf(entry, upTo) ?? []);
    const names = await counterparties(
      this.views,
      entries.map(({ account }) => account),
    );
    const mayChange = former === undefined && hasRole(caller, installationRoles.ChangeActivity);
    return withItems(
      found,
      entries.map((entry) => activityView(entry, names, mayChange && entry.account === caller.account)),
    );
  }
}

/** The current logbook, or all that was in it at a revision. */
function listing(
  installationId: string,
  upTo: number | undefined,
  documents: boolean,
): Listing<ActivityDocument> {
  if (upTo === undefined) {
    const query = {
      index: documents ? 'documents' : 'by-performed-on',
      prefix: [installationId],
      direction: 'descending' as const,
    };
    return { collection: activities, query };
  }
  return {
    collection: activities,
    query: { index: 'by-revision', prefix: [installationId], to: upTo + 1, direction: 'descending' },
    keep: (document) => {
      const entry = entryAsOf(document, upTo);
      return entry !== undefined && (!documents || carriesDocument(entry));
    },
  };
}

export function carriesDocument({ document, activity }: LogbookEntry): boolean {
  return document !== undefined || activity.attachment !== undefined;
}

export function activityView(
  { activityId: id, account, activity, document, addedAt, changedAt }: LogbookEntry,
  names: ReadonlyMap<string, Counterparty>,
  mayChange: boolean,
): ActivityView {
  return {
    id,
    account: known(names, account),
    ...activity,
    document,
    addedAt,
    changedAt,
    allowedActions: mayChange ? ['change', 'remove'] : [],
  };
}
