import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type AccessType, type DocumentIdentity, isRevocableAt } from '#domain/installation';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import {
  allowedActions,
  itemCounts,
  mayKnowLeftOut,
  type PartyStatus,
  progressFor,
  revocableUntil,
  type ShareAction,
  type ShareProgress,
  type ShareSide,
  type ShareTerms,
  sideOf,
  statusFor,
  summaryByClock,
  type TransferLevel,
} from '#domain/share';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import { connectionsProjection } from '#projections/connections';
import {
  type PartyShare,
  partyShares,
  type ShareDocument,
  shares,
  sharesProjection,
} from '#projections/shares';
import type { FindQuery, Key, ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { type Listing, listPage, withItems } from './paging.ts';
import { searchedWithParties } from './search.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** A share as one of its parties reads it (R-S1). */
export interface ShareView {
  readonly id: string;
  readonly connectionId: string;
  readonly name: string;
  readonly explanation?: string;
  readonly role: ShareSide;
  readonly counterparty: Counterparty;
  readonly status: PartyStatus;
  readonly suggestedLevel: TransferLevel;
  readonly level?: TransferLevel;
  readonly accessType?: AccessType;
  readonly documentIdentity?: DocumentIdentity;
  readonly terms?: ShareTerms;
  readonly items: {
    readonly total: number;
    readonly offered: number;
    readonly placed: number;
    readonly declined: number;
    readonly withdrawn: number;
  };
  /** For the provider: how many installations of the selection are not in the package (R-A2). */
  readonly leftOut?: number;
  readonly partlyRevoked: boolean;
  readonly reason?: string;
  readonly revocableUntil?: Instant | 'any-time';
  readonly progress?: ShareProgress;
  readonly allowedActions: readonly ShareAction[];
  readonly requestedAt: Instant;
  readonly evaluatedAt?: Instant;
  readonly cancelledAt?: Instant;
  readonly availableAt?: Instant;
  readonly processedAt?: Instant;
  readonly revokedAt?: Instant;
  /** When access by it ends by itself, as approved or as extended since (R-E1). */
  readonly expiresAt?: Instant;
  readonly extendedAt?: Instant;
  readonly expiredAt?: Instant;
  readonly lastChangedAt: Instant;
  readonly revision: number;
}

export class GetShare extends ViewQuery<ShareView> {
  readonly reads = [sharesProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
  ) {
    super(caller);
  }
}

/** The filters of a list of shares. */
export interface ShareFilter {
  readonly role?: ShareSide;
  readonly status?: PartyStatus;
  readonly connectionId?: string;
  readonly counterparty?: string;
  /** Whether the caller may still revoke some of it. */
  readonly revocable?: boolean;
}

export class ListShares extends ViewQuery<PageOf<ShareView>> {
  readonly reads = [sharesProjection.name, accountsProjection.name, connectionsProjection.name];

  constructor(
    caller: Actor,
    readonly filter: ShareFilter,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetShare)
export class GetShareHandler implements IQueryHandler<GetShare, ShareView> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller is no party to it (R-S10) */
  async execute({ caller, shareId }: GetShare): Promise<ShareView> {
    const document = await shareForParty(this.views, shareId, caller.account);
    const names = await counterparties(this.views, [otherParty(document, caller.account)]);
    return shareView(document, caller, names, this.clock.now());
  }
}

@QueryHandler(ListShares)
export class ListSharesHandler implements IQueryHandler<ListShares, PageOf<ShareView>> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller, filter, page }: ListShares): Promise<PageOf<ShareView>> {
    const now = this.clock.now();
    const text = await searchedWithParties(this.views, caller.account, page.q);
    const found = await listPage(this.views, listing(caller.account, filter, text, now), page);
    const [documents, names] = await Promise.all([
      this.views.getMany(
        shares,
        found.items.map((row) => row.shareId),
      ),
      counterparties(
        this.views,
        found.items.map((row) => row.counterparty),
      ),
    ]);
    return withItems(
      found,
      documents.flatMap((document) =>
        document === undefined ? [] : [shareView(document, caller, names, now)],
      ),
    );
  }
}

/** The index for most of the filter, and a condition for the rest. */
function listing(
  account: string,
  filter: ShareFilter,
  text: FindQuery['text'],
  now: Instant,
): Listing<PartyShare> {
  const { index, prefix } = indexFor(filter);
  const { revocable, ...fields } = filter;
  const wanted = Object.entries(fields).filter(([, value]) => value !== undefined) as [
    keyof PartyShare,
    string,
  ][];
  const keep = (row: PartyShare) =>
    wanted.every(([field, value]) => row[field] === value) &&
    (revocable === undefined || revocable === isRevocable(row, now));
  const isExact = wanted.length === prefix.length && revocable === undefined;
  return {
    collection: partyShares,
    query: { index, prefix: [account, ...prefix], direction: 'descending', text },
    keep: isExact ? undefined : keep,
  };
}

function indexFor({ role, status, connectionId, counterparty }: ShareFilter): { index: string; prefix: Key } {
  if (connectionId !== undefined) return { index: 'by-connection', prefix: [connectionId] };
  if (counterparty !== undefined) return { index: 'by-counterparty', prefix: [counterparty] };
  if (role !== undefined && status !== undefined)
    return { index: 'by-role-and-status', prefix: [role, status] };
  if (status !== undefined) return { index: 'by-status', prefix: [status] };
  if (role !== undefined) return { index: 'by-role', prefix: [role] };
  return { index: 'by-account', prefix: [] };
}

function isRevocable({ revocableUntil: until }: PartyShare, now: Instant): boolean {
  return until !== undefined && isRevocableAt(until, now);
}

/**
 * The share, for one of its parties.
 * @throws Refusal `not-found`: there is none, or the account is no party to it (R-S10)
 */
export async function shareForParty(
  views: ViewReader,
  shareId: string,
  account: string,
): Promise<ShareDocument> {
  const document = await views.get(shares, shareId);
  if (document === undefined || sideOf(document.summary, account) === undefined) throw notFound('share');
  return document;
}

/** The view of a share for the caller, who is a party to it. */
function shareView(
  document: ShareDocument,
  caller: Actor,
  names: ReadonlyMap<string, Counterparty>,
  now: Instant,
): ShareView {
  const { revision, lastChangedAt } = document;
  const summary = summaryByClock(document.summary, now);
  const other = otherParty(document, caller.account);
  const role = sideOf(summary, caller.account) as ShareSide;
  return {
    id: summary.shareId,
    connectionId: summary.connectionId,
    name: summary.name,
    explanation: summary.explanation,
    role,
    counterparty: known(names, other),
    status: statusFor(summary, caller.account),
    suggestedLevel: summary.suggestedLevel,
    level: summary.level,
    accessType: summary.terms?.accessType,
    documentIdentity: summary.terms?.documentIdentity,
    terms: summary.terms,
    items: itemCounts(summary),
    leftOut: mayKnowLeftOut(summary, caller.account) ? summary.leftOut : undefined,
    partlyRevoked: summary.partlyRevoked,
    reason: summary.reason,
    revocableUntil: revocableUntil(summary, now),
    progress: progressFor(summary, caller.account),
    allowedActions: allowedActions(summary, caller, now),
    requestedAt: summary.requestedAt,
    evaluatedAt: summary.evaluatedAt,
    cancelledAt: summary.cancelledAt,
    availableAt: summary.availableAt,
    processedAt: summary.processedAt,
    revokedAt: summary.revokedAt,
    expiresAt: summary.expiresAt,
    extendedAt: summary.extendedAt,
    expiredAt: summary.expiredAt,
    lastChangedAt,
    revision,
  };
}

function otherParty({ summary }: ShareDocument, account: string): string {
  return account === summary.requester ? summary.provider : summary.requester;
}
