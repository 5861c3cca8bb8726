import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AccessType } from '#domain/installation';
import { type Actor, type Instant, plusMillis, toMillis } from '#domain/kernel';
import type { PartyStatus, ShareSide } from '#domain/share';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import {
  type DayOfShares,
  dashboardProjection,
  dayOf,
  daysOfShares,
  type Milestone,
  medianTime,
  seriesOf,
} from '#projections/dashboard';
import { inboxProjection } from '#projections/inbox';
import { installationCounts, installationsProjection } from '#projections/installations';
import {
  partyShares,
  revocationWindows,
  shareCountName,
  shareCounts,
  sharesProjection,
} from '#projections/shares';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { unreadCount } from './inbox.ts';
import { collectPage } from './paging.ts';
import { ViewQuery } from './view-query.ts';

type CountByStatus = Readonly<Record<string, number>>;

/** Shares that wait for an action of this account. */
export interface WaitingShares {
  readonly role: ShareSide;
  readonly status: PartyStatus;
  readonly count: number;
  /** Since when the longest waiting one has been waiting, and for how long. */
  readonly oldest?: { readonly shareId: string; readonly since: Instant; readonly ageMs: number };
}

/** A window in which the account may still revoke something it gave. */
export interface ClosingWindow {
  readonly shareId: string;
  readonly name: string;
  readonly counterparty: Counterparty;
  readonly closesAt: Instant;
  /** How many installations it is for. */
  readonly installations: number;
}

/** A share whose access ends by itself, on either side of it (R-E1). */
export interface EndingShare {
  readonly shareId: string;
  readonly name: string;
  readonly role: ShareSide;
  readonly counterparty: Counterparty;
  readonly expiresAt: Instant;
}

/** One day (UTC) of the account's shares in one role. */
export interface DashboardDay {
  readonly day: string;
  readonly role: ShareSide;
  readonly milestones: Readonly<
    Partial<Record<Milestone, { readonly count: number; readonly averageMs?: number }>>
  >;
}

/** How long requests took to be answered on the days of the series, by approval or by rejection. */
export interface AnswerTimes {
  readonly count: number;
  /** About the median; absent without answers. */
  readonly medianMs?: number;
}

/** An account's figures. */
export interface DashboardView {
  readonly asOf: Instant;
  readonly unread: number;
  /** How many shares, by the status this account reads. */
  readonly shares: { readonly requester: CountByStatus; readonly provider: CountByStatus };
  readonly waiting: readonly WaitingShares[];
  /** Those that close next: the first of each share. */
  readonly closingWindows: readonly ClosingWindow[];
  /** The shares that end next by themselves. */
  readonly endingShares: readonly EndingShare[];
  /** How many installations, by how the account has access to them. */
  readonly installations: CountByStatus;
  /** Days on which nothing happened are left out. */
  readonly series: readonly DashboardDay[];
  /** Of answers that this account waited for, and that it gave. */
  readonly answers: { readonly requester: AnswerTimes; readonly provider: AnswerTimes };
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
    /** How many days before today the series begins. */
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
    'expired',
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
    'expired',
  ],
};

/** What may wait for an account: a provider's evaluation, and a requester's processing. */
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

@QueryHandler(GetDashboard)
export class GetDashboardHandler implements IQueryHandler<GetDashboard, DashboardView> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller: { account }, days }: GetDashboard): Promise<DashboardView> {
    const now = this.clock.now();
    const [unread, kept, held, oldest, closingWindows, endingShares, ofDays] = await Promise.all([
      unreadCount(this.views, account),
      this.views.get(shareCounts, account),
      this.views.get(installationCounts, account),
      Promise.all(WAITING.map(([role, status]) => this.oldest(account, role, status, now))),
      this.closing(account, now),
      this.ending(account, now),
      this.ofDays(account, days, now),
    ]);
    const countOf = (role: ShareSide, status: PartyStatus) =>
      kept?.amounts[shareCountName({ role, status })] ?? 0;
    const shares = {
      requester: countEach(STATUSES.requester, (status) => countOf('requester', status)),
      provider: countEach(STATUSES.provider, (status) => countOf('provider', status)),
    };
    const waiting = WAITING.map(([role, status], index) => {
      return { role, status, count: countOf(role, status), oldest: oldest[index] };
    });
    const installations = countEach(ACCESS, (access) => held?.amounts[access] ?? 0);
    const answers = {
      requester: answersOf(ofDays, 'requester'),
      provider: answersOf(ofDays, 'provider'),
    };
    const series = averaged(ofDays);
    return {
      asOf: now,
      unread,
      shares,
      waiting,
      closingWindows,
      endingShares,
      installations,
      series,
      answers,
    };
  }

  private async oldest(
    account: string,
    role: ShareSide,
    status: PartyStatus,
    now: Instant,
  ): Promise<WaitingShares['oldest']> {
    const query = { index: 'by-role-and-status', prefix: [account, role, status], limit: 1 };
    const [first] = (await this.views.find(partyShares, query)).items;
    return (
      first && {
        shareId: first.shareId,
        since: first.lastChangedAt,
        ageMs: toMillis(now) - toMillis(first.lastChangedAt),
      }
    );
  }

  private async closing(account: string, now: Instant): Promise<ClosingWindow[]> {
    const query = { index: 'by-account', prefix: [account], from: now };
    const listed = new Set<string>();
    // A share has a window for each moment at which some of it was placed; only the next one to close is listed.
    const { items } = await collectPage(
      this.views,
      { collection: revocationWindows, query },
      { pageSize: WINDOWS },
      async (windows) =>
        windows.map((window) => {
          if (listed.has(window.shareId)) return undefined;
          listed.add(window.shareId);
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

  private async ending(account: string, now: Instant): Promise<EndingShare[]> {
    const query = { index: 'by-end', prefix: [account], from: now, limit: WINDOWS };
    const { items } = await this.views.find(partyShares, query);
    const names = await counterparties(
      this.views,
      items.map(({ counterparty }) => counterparty),
    );
    return items.flatMap(({ shareId, name, role, counterparty, expiresAt }) =>
      expiresAt === undefined
        ? []
        : { shareId, name, role, counterparty: known(names, counterparty), expiresAt },
    );
  }

  /** One document for each day. */
  private async ofDays(account: string, days: number, now: Instant): Promise<readonly DayOfShares[]> {
    const from = dayOf(plusMillis(now, -days * DAY_MS));
    const query = { index: 'by-account', prefix: [account], from, limit: days + 1 };
    return (await this.views.find(daysOfShares, query)).items;
  }
}

function averaged(days: readonly DayOfShares[]): DashboardDay[] {
  return seriesOf(days).map(({ day, role, milestones }) => ({
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

const ANSWERS: readonly Milestone[] = ['approved', 'rejected'];

function answersOf(days: readonly DayOfShares[], role: ShareSide): AnswerTimes {
  const count = seriesOf(days)
    .filter((day) => day.role === role)
    .flatMap(({ milestones }) => ANSWERS.map((milestone) => milestones[milestone]?.count ?? 0))
    .reduce((total, one) => total + one, 0);
  const medianMs = medianTime(days, role, ANSWERS);
  return { count, ...(medianMs !== undefined && { medianMs }) };
}

function countEach<Name extends string>(
  names: readonly Name[],
  count: (name: Name) => number,
): CountByStatus {
  return Object.fromEntries(names.map((name) => [name, count(name)]));
}
