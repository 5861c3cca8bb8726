import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type GrantRefusal, type LeftOutCode, revocableUntil } from '#domain/installation';
import { type Actor, conflict, type Instant, notFound } from '#domain/kernel';
import {
  type ActingAt,
  type ItemWithdrawalCause,
  mayKnowLeftOut,
  type PackageItem,
  refusalContext,
  type ShareSummary,
} from '#domain/share';
import {
  type PackageItemDocument,
  type PackageItemState,
  packageItems,
  packageLeftOut,
  sharesProjection,
  shownState,
} from '#projections/shares';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { listPage, withItems } from './paging.ts';
import { shareForParty } from './shares.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** The state of an item, as both parties read it. */
export type ShownState = Exclude<PackageItemState['kind'], 'confirmed'>;

/** Why access ended or never began: by a decision, or by a rule that refused it. */
export interface WithdrawalView {
  readonly kind: ItemWithdrawalCause['kind'];
  readonly at: Instant;
  readonly account?: string;
  readonly reason?: string;
  readonly code?: GrantRefusal;
}

/** An item of a package with its state. An item that was blocked before it was placed has only its id. */
export type PackageItemView = Pick<PackageItem, 'installationId'> &
  Partial<Omit<PackageItem, 'installationId'>> & {
    readonly state: ShownState;
    /** The confirmed step that takes it over. */
    readonly stepId?: string;
    readonly placedAt?: Instant;
    /** Until when its giver may still revoke it (R-V2). */
    readonly revocableUntil?: Instant | 'any-time';
    readonly withdrawal?: WithdrawalView;
  };

export class GetPackage extends ViewQuery<PageOf<PackageItemView>> {
  readonly reads = [sharesProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
    readonly state: ShownState | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

/** An installation of the selection that is not in the package, and why (R-A2, R-A3). */
export interface LeftOutView {
  readonly installationId: string;
  readonly code: LeftOutCode;
}

export class ListLeftOut extends ViewQuery<PageOf<LeftOutView>> {
  readonly reads = [sharesProjection.name];

  constructor(
    caller: Actor,
    readonly shareId: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetPackage)
export class GetPackageHandler implements IQueryHandler<GetPackage, PageOf<PackageItemView>> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`; `package-not-available` while it is not complete (R-S8) */
  async execute({ caller, shareId, state, page }: GetPackage): Promise<PageOf<PackageItemView>> {
    const { summary } = await shareForParty(this.views, shareId, caller.account);
    requireComplete(summary, { actor: caller, now: this.clock.now() });
    const query =
      state === undefined
        ? { index: 'by-share', prefix: [shareId] }
        : { index: 'by-state', prefix: [shareId, state] };
    const found = await listPage(this.views, { collection: packageItems, query }, page);
    return withItems(
      found,
      found.items.map((document) => itemView(document, summary, caller.account)),
    );
  }
}

@QueryHandler(ListLeftOut)
export class ListLeftOutHandler implements IQueryHandler<ListLeftOut, PageOf<LeftOutView>> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws Refusal `not-found`, also for the requester, which may not know what was left out */
  async execute({ caller, shareId, page }: ListLeftOut): Promise<PageOf<LeftOutView>> {
    const { summary } = await shareForParty(this.views, shareId, caller.account);
    if (!mayKnowLeftOut(summary, caller.account)) throw notFound('share');
    const query = { index: 'by-share', prefix: [shareId] };
    const found = await listPage(this.views, { collection: packageLeftOut, query }, page);
    return withItems(
      found,
      found.items.map(({ installationId, code }) => ({ installationId, code })),
    );
  }
}

/** A package can be read once it is complete, and never if it was revoked before. */
function requireComplete(summary: ShareSummary, acting: ActingAt): void {
  if (summary.availableAt !== undefined) return;
  const refusal = conflict('package-not-available', 'There is no complete package to read.');
  throw refusal.inContext(refusalContext(acting, summary));
}

function itemView(
  { item, state }: PackageItemDocument,
  summary: ShareSummary,
  account: string,
): PackageItemView {
  const blocked = state.kind === 'withdrawn' && state.placedAt === undefined;
  const contents = blocked && account === summary.requester ? { installationId: item.installationId } : item;
  return { ...contents, state: shownState(state), ...progressView(state, summary, account) };
}

function progressView(
  state: PackageItemState,
  summary: ShareSummary,
  account: string,
): Partial<Pick<PackageItemView, 'stepId' | 'placedAt' | 'revocableUntil' | 'withdrawal'>> {
  switch (state.kind) {
    case 'offered':
    case 'declined':
      return {};
    case 'confirmed':
      return { stepId: state.stepId };
    case 'placed': {
      const { stepId, placedAt } = state;
      const until = summary.terms && revocableUntil(summary.terms, placedAt);
      return { stepId, placedAt, revocableUntil: until };
    }
    case 'withdrawn': {
      const { cause, withdrawnAt: at, placedAt } = state;
      return { placedAt, withdrawal: withdrawalView(cause, at, account) };
    }
  }
}

/** Of a decision further up others than its parties learn only that it was made, and by whom. */
export function withdrawalView(cause: ItemWithdrawalCause, at: Instant, reader: string): WithdrawalView {
  if (cause.kind === 'refused') return { kind: cause.kind, at, code: cause.code };
  const { kind, account, reason } = cause;
  return kind === 'cascade' && account !== reader ? { kind, at, account } : { kind, at, account, reason };
}
