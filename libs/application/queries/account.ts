import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AccountKind, CompanyDetails } from '#domain/account';
import { notFound, type Role } from '#domain/kernel';
import { accounts, accountsProjection } from '#projections/accounts';
import { inboxProjection } from '#projections/inbox';
import type { ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { unreadCount } from './inbox.ts';
import { ViewQuery } from './view-query.ts';

/** The caller's own account, and who the caller is in it. */
export interface OwnAccountView {
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly company: CompanyDetails;
  readonly user: string;
  readonly roles: readonly Role[];
  /** Notifications nobody of the account has read; 10,000 where there are as many or more. */
  readonly unread: number;
  readonly revision: number;
}

export class GetOwnAccount extends ViewQuery<OwnAccountView> {
  readonly reads = [accountsProjection.name, inboxProjection.name];
}

@QueryHandler(GetOwnAccount)
export class GetOwnAccountHandler implements IQueryHandler<GetOwnAccount, OwnAccountView> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** @throws Refusal `not-found`: the token names no registered account */
  async execute({ caller }: GetOwnAccount): Promise<OwnAccountView> {
    const account = await this.views.get(accounts, caller.account);
    if (account === undefined) throw notFound('account');
    const { id, kind, name, company, revision } = account;
    const unread = await unreadCount(this.views, id);
    return { id, kind, name, company, user: caller.user, roles: caller.roles, unread, revision };
  }
}
