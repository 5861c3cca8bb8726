import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type AccessType,
  type DocumentIdentity,
  endOf,
  type GrantTree,
  installationRoles,
  isLive,
  mayRevokeAt,
  type RecordedGrant,
  revocableUntil,
} from '#domain/installation';
import { type Actor, hasRole, type Instant } from '#domain/kernel';
import { shareRoles } from '#domain/share';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import { installationsProjection } from '#projections/installations';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { installationFor } from './installations.ts';
import { type WithdrawalView, withdrawalView } from './package.ts';
import { offsetOf, offsetToken } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

export type GrantAction = 'revoke' | 'return';

/** Access that one account gave another. */
export interface GrantView {
  readonly id: string;
  readonly shareId: string;
  readonly giver: Counterparty;
  readonly holder: Counterparty;
  readonly accessType: AccessType;
  readonly documentIdentity: DocumentIdentity;
  readonly grantedAt: Instant;
  /** Of a live one: the last moment at which its giver may revoke it (R-V2). */
  readonly revocableUntil?: Instant | 'any-time';
  /** When it ends by itself, or with what it was given on from (R-E1). */
  readonly expiresAt?: Instant;
  readonly withdrawal?: WithdrawalView;
  readonly allowedActions: readonly GrantAction[];
}

/** The grants on an installation that the caller gave or holds, including ended ones, oldest first. */
export class ListGrants extends ViewQuery<PageOf<GrantView>> {
  readonly reads = [installationsProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly installationId: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(ListGrants)
export class ListGrantsHandler implements IQueryHandler<ListGrants, PageOf<GrantView>> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller never had access to it */
  async execute({ caller, installationId, page }: ListGrants): Promise<PageOf<GrantView>> {
    const now = this.clock.now();
    const { document } = await installationFor(this.views, installationId, caller.account, now);
    const { tree } = document.installation;
    const own = tree.grants.filter(
      ({ giver, holder }) => giver === caller.account || holder === caller.account,
    );
    const from = offsetOf(page.pageToken);
    const next = from + page.pageSize;
    const shown = own.slice(from, next);
    const names = await counterparties(
      this.views,
      shown.flatMap(({ giver, holder }) => [giver, holder]),
    );
    return {
      items: shown.map((grant) => grantView(grant, tree, caller, names, now)),
      nextPageToken: next < own.length ? offsetToken(next) : undefined,
      total: own.length,
    };
  }
}

function grantView(
  grant: RecordedGrant,
  tree: GrantTree,
  caller: Actor,
  names: ReadonlyMap<string, Counterparty>,
  now: Instant,
): GrantView {
  const { grantId: id, shareId, accessType, documentIdentity, grantedAt, withdrawal } = grant;
  return {
    id,
    shareId,
    giver: known(names, grant.giver),
    holder: known(names, grant.holder),
    accessType,
    documentIdentity,
    grantedAt,
    revocableUntil: isLive(grant) ? revocableUntil(grant, grant.grantedAt) : undefined,
    expiresAt: isLive(grant) ? endOf(tree, grant) : undefined,
    withdrawal: withdrawal && withdrawalView(withdrawal.cause, withdrawal.withdrawnAt, caller.account),
    allowedActions: actionsFor(grant, caller, now),
  };
}

function actionsFor(grant: RecordedGrant, caller: Actor, now: Instant): GrantAction[] {
  if (!isLive(grant)) return [];
  const { giver, holder } = grant;
  const revocable = mayRevokeAt(grant, grant.grantedAt, now) && hasRole(caller, shareRoles.RevokeShare);
  if (giver === caller.account) return revocable ? ['revoke'] : [];
  return holder === caller.account && hasRole(caller, installationRoles.ReturnAccess) ? ['return'] : [];
}
