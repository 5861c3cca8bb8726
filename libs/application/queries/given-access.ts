// Who has access that an account gave.
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Actor, Instant } from '#domain/kernel';
import type { EventReader } from '#event-store';
import {
  accessProjection,
  countOn,
  countYearId,
  type GivenBy,
  type GivenCount,
  givenCounts,
  givenCountYears,
  isGivenBy,
  type KnownInterval,
} from '#projections/access';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import { catalogueProjection, customers } from '#projections/catalogue';
import type { ViewReader } from '#view-store';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import {
  type AccessIntervalView,
  type Found,
  foundBy,
  INTERVALS_READ,
  type NamedCustomer,
  ofInstallation,
  shownIntervals,
} from './access-intervals.ts';
import { type InTime, isLiveAt, liveAt } from './access-periods.ts';
import { collectFromParts, collectPage, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** The filters of the list. */
export interface GivenFilter {
  /** The moment at which access was live; now by default. */
  readonly at?: Instant;
  /** The account that has the access. */
  readonly account?: string;
  /** The caller's customer under which it keeps the installation now. */
  readonly customer?: string;
  readonly installation?: string;
}

/** Access that the caller gave, directly or through others. */
export class ListGivenAccess extends ViewQuery<PageOf<AccessIntervalView>> {
  readonly reads = INTERVALS_READ;

  constructor(
    caller: Actor,
    readonly filter: GivenFilter,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

/** An account that has access from the caller, and to how many installations. */
export interface GivenToAccount {
  readonly account: Counterparty;
  readonly installations: number;
}

/** A customer of the caller, and on how many of its installations others have access. */
export interface GivenOfCustomer {
  readonly customer: NamedCustomer;
  readonly installations: number;
}

/** To whom the caller gave access, directly or through others. */
export class ListAccountsGivenTo extends ViewQuery<PageOf<GivenToAccount>> {
  readonly reads = [accessProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    /** At the end of that day (UTC); now by default. */
    readonly on: string | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

/** Of which of its customers' installations the caller gave access to others. */
export class ListCustomersGivenOf extends ViewQuery<PageOf<GivenOfCustomer>> {
  readonly reads = [accessProjection.name, catalogueProjection.name];

  constructor(
    caller: Actor,
    /** At the end of that day (UTC); now by default. */
    readonly on: string | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(ListGivenAccess)
export class ListGivenAccessHandler implements IQueryHandler<ListGivenAccess, PageOf<AccessIntervalView>> {
  constructor(
    @Inject(EVENT_STORE) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
  ) {}

  /** @throws Refusal `not-found`: there is no such installation, or the caller never had access to it */
  async execute({ caller, filter, page }: ListGivenAccess): Promise<PageOf<AccessIntervalView>> {
    // Auditors get no more than others: what their own account gave.
    const { items, ...found } = await this.found(caller.account, filter, page);
    const asItself = { ...caller, roles: caller.roles.filter((role) => role !== 'auditor') };
    return { ...found, items: await shownIntervals(this, items, asItself) };
  }

  private async found(giver: string, filter: GivenFilter, page: PageRequest): Promise<PageOf<Found>> {
    const { at, account, customer, installation } = filter;
    const isLive = ({ since, until }: Pick<KnownInterval, 'since' | 'until'>) =>
      at === undefined ? until === undefined : isLiveAt({ since, until }, at);
    if (installation !== undefined) {
      return ofInstallation(
        this.views,
        installation,
        giver,
        (interval, document) =>
          isGivenBy(document, interval, giver) &&
          isLive(interval) &&
          (account === undefined || interval.account === account) &&
          (customer === undefined || document.customers[giver] === customer),
        page,
      );
    }
    const parts = liveAt(narrowest(giver, filter), at).map(({ keep = () => true, ...part }) => ({
      ...part,
      keep: (interval: KnownInterval) =>
        keep(interval) && (account === undefined || interval.account === account),
    }));
    const { items, ...rest } = await collectFromParts(this.views, parts, page);
    return { ...rest, items: await foundBy(this.views, items, giver) };
  }
}

function narrowest(giver: string, { account, customer }: GivenFilter): InTime {
  if (customer !== undefined) return { name: 'given-of', prefix: [giver, customer] };
  if (account !== undefined) return { name: 'given-to', prefix: [giver, account] };
  return { name: 'given', prefix: [giver] };
}

@QueryHandler(ListAccountsGivenTo)
export class ListAccountsGivenToHandler
  implements IQueryHandler<ListAccountsGivenTo, PageOf<GivenToAccount>>
{
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  async execute({ caller, on, page }: ListAccountsGivenTo): Promise<PageOf<GivenToAccount>> {
    const found = await countedBy(this.views, caller.account, 'account', on, page);
    const names = await counterparties(
      this.views,
      found.items.map(({ of }) => of),
    );
    return withItems(
      found,
      found.items.map(({ of, installations }) => ({ account: known(names, of), installations })),
    );
  }
}

@QueryHandler(ListCustomersGivenOf)
export class ListCustomersGivenOfHandler
  implements IQueryHandler<ListCustomersGivenOf, PageOf<GivenOfCustomer>>
{
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  async execute({ caller, on, page }: ListCustomersGivenOf): Promise<PageOf<GivenOfCustomer>> {
    const found = await countedBy(this.views, caller.account, 'customer', on, page);
    const documents = await this.views.getMany(
      customers,
      found.items.map(({ of }) => of),
    );
    return withItems(
      found,
      found.items.map(({ of: id, installations }, index) => {
        return { customer: { id, name: documents[index]?.details.name }, installations };
      }),
    );
  }
}

interface Counted {
  readonly of: string;
  readonly installations: number;
}

/** The accounts or customers with any, from stored sums. */
function countedBy(
  views: ViewReader,
  giver: string,
  by: GivenBy,
  on: string | undefined,
  page: PageRequest,
): Promise<PageOf<Counted>> {
  const listed = { collection: givenCounts, query: { index: 'by-giver', prefix: [giver, by] } };
  return collectPage(views, listed, page, async (counts: readonly GivenCount[]) => {
    const years =
      on === undefined
        ? []
        : await views.getMany(
            givenCountYears,
            counts.map((count) => countYearId(count, on)),
          );
    return counts.map((count, index) => {
      const installations = on === undefined ? (count.amounts.live ?? 0) : countOn(on, count, years[index]);
      return installations > 0 ? { of: count.of, installations } : undefined;
    });
  });
}
