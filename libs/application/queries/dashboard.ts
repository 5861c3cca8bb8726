import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AccessType } from '#domain/installation';
import { type Actor, type Instant, plusMillis, toMillis } from '#domain/kernel';
import type { PartyStatus, ShareSide } from '#domain/share';
import { accountsProjection } from '#projections/accounts';
import { dashboardProjection, type Milestone, reachedMilestones, seriesOf } from '#projections/dashboard';
import { inboxProjection } from '#projections/inbox';
import { accountInstallations, installationsProjection } from '#projections/installations';
import { partyShares, revocationWindows, sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { type Counterparty, counterparties, known } from './directory.ts';
import { unreadCount } from './inbox.ts';
import { gather } from './paging.ts';
import { ViewQuery } from './view-query.ts';

type CountByStatus = Readonly<Record<string, number>>;

/** Shares that wait for this account to do something. */
export interface WaitingShares {
  readonly role: ShareSide;
  readonly status: PartyStatus;
  readonly count: number;
  /** Since when the one that waits the longest does, and for how long. */
  readonly oldest?: { readonly shareId: string; readonly since: Instant; readonly ageMs: number };
}

/** A window in which the account may still revoke something it gave. */
export interface ClosingWindow {
  readonly shareId: string;
  readonly name: string;
  readonly counterparty: Counterparty;
  readonly closesAt: Instant;
  /** For how many installations it closes then. */
  readonly installations: number;
}

/** One day (UTC) of the account's shares in one role. */
export interface DashboardDay {
  readonly day: string;
  readonly role: ShareSide;
  readonly milestones: Readonly<
    Partial<Record<Milestone, { readonly count: number; readonly averageMs?: number }>>
  >;
}

/** An account's figures. */
export interface DashboardView {
  readonly asOf: Instant;
  readonly unread: number;
  /** How many shares, by the status this account reads. */
  readonly shares: { readonly requester: CountByStatus; readonly provider: CountByStatus };
  readonly waiting: readonly WaitingShares[];
  /** Those that close next: of each share the first. */
  readonly closingWindows: readonly ClosingWindow[];
  /** How many installations, by how the account has access to them. */
  readonly installations: CountByStatus;
  /** Days on which nothing happened are left out. */
  readonly series: readonly DashboardDay[];
}

export class GetDashboard extends ViewQuery<DashboardView> {
  readonly reads = [
    sharesProjection.name,
    dashboardProjection.name,
    inboxProjection.name,
    installationsProjection.name,
    accountsProjection.name,
  ];

  constructor(
    caller: Actor,
    /** How far back the series goes. */
    readonly days: number,
  ) {
    super(caller);
  }
}

const STATUSES: Readonly<Record<ShareSide, readonly PartyStatus[]>> = {
  requester: [
    'requested',
    'rejected',
    'cancelled',
    'approved',
    'preparing',
    'available',
    'processed',
    'revoked',
  ],
  provider: [
    'to-evaluate',
    'rejected',
    'cancelled',
    'approved',
    'preparing',
    'available',
    'processed',
    'revoked',
  ],
};

/** What waits for an account: a provider's evaluation, and a requester's processing. */
const WAITING: readonly (readonly [ShareSide, PartyStatus])[] = [
  ['provider', 'to-evaluate'],
  ['requester', 'available'],
];

const ACCESS: readonly ('root' | AccessType | 'former')[] = [
  'root',
  'operator',
  'installation-manager',
  'subcontractor',
  'on-loan',
  'former',
];

const DAY_MS = 24 * 60 * 60 * 1000;
const WINDOWS = 20;
const PAGE = 1_000;

@QueryHandler(GetDashboard)
export class GetDashboardHandler implements IQueryHandler<GetDashboard, DashboardView> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller: { account }, days }: GetDashboard): Promise<DashboardView> {
    const now = this.clock.now();
    const [unread, requester, provider, waiting, closingWindows, installations, series] = await Promise.all([
      unreadCount(this.views, account),
      this.shareCounts(account, 'requester'),
      this.shareCounts(account, 'provider'),
      Promise.all(WAITING.map(([role, status]) => this.waiting(account, role, status, now))),
      this.closing(account, now),
      this.installationCounts(account),
      this.series(account, plusMillis(now, -days * DAY_MS)),
    ]);
    const shares = { requester, provider };
    return { asOf: now, unread, shares, waiting, closingWindows, installations, series };
  }

  private shareCounts(account: string, role: ShareSide): Promise<CountByStatus> {
    return countEach(STATUSES[role], (status) =>
      this.views.count(partyShares, { index: 'by-role-and-status', prefix: [account, role, status] }),
    );
  }

  private installationCounts(account: string): Promise<CountByStatus> {
    return countEach(ACCESS, (access) =>
      this.views.count(accountInstallations, { index: 'by-access', prefix: [account, access] }),
    );
  }

  private async waiting(
    account: string,
    role: ShareSide,
    status: PartyStatus,
    now: Instant,
  ): Promise<WaitingShares> {
    const query = { index: 'by-role-and-status', prefix: [account, role, status] };
    const [count, { items }] = await Promise.all([
      this.views.count(partyShares, query),
      this.views.find(partyShares, { ...query, limit: 1 }),
    ]);
    const [first] = items;
    const oldest = first && {
      shareId: first.shareId,
      since: first.lastChangedAt,
      ageMs: toMillis(now) - toMillis(first.lastChangedAt),
    };
    return { role, status, count, oldest };
  }

  private async closing(account: string, now: Instant): Promise<ClosingWindow[]> {
    const query = { index: 'by-account', prefix: [account], from: now };
    const told = new Set<string>();
    // A share has a window for each moment at which some of it was placed; the one that closes next is told.
    const { items } = await gather(
      this.views,
      { collection: revocationWindows, query },
      { pageSize: WINDOWS },
      async (windows) =>
        windows.map((window) => {
          if (told.has(window.shareId)) return undefined;
          told.add(window.shareId);
          return window;
        }),
    );
    const names = await counterparties(
      this.views,
      items.map(({ counterparty }) => counterparty),
    );
    return items.map(({ shareId, name, counterparty, closesAt, installations }) => ({
      shareId,
      name,
      counterparty: known(names, counterparty),
      closesAt,
      installations,
    }));
  }

  private async series(account: string, from: Instant): Promise<DashboardDay[]> {
    const rows = [];
    let after: string | undefined;
    do {
      const query = { index: 'by-account', prefix: [account], from, after, limit: PAGE };
      const page = await this.views.find(reachedMilestones, query);
      rows.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    return seriesOf(rows).map(({ day, role, milestones }) => ({
      day,
      role,
      milestones: Object.fromEntries(
        Object.entries(milestones).map(([milestone, { count, took }]) => [
          milestone,
          { count, ...(took !== undefined && { averageMs: Math.round(took / count) }) },
        ]),
      ),
    }));
  }
}

async function countEach<Name extends string>(
  names: readonly Name[],
  count: (name: Name) => Promise<number>,
): Promise<CountByStatus> {
  const counts = await Promise.all(names.map(count));
  return Object.fromEntries(names.map((name, index) => [name, counts[index] ?? 0]));
}
