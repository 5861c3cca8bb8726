import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AccountKind, CompanyDetails } from '#domain/account';
import { type Actor, notFound, type Role, requireRole } from '#domain/kernel';
import { type AccountDocument, accounts, accountsProjection, PLATFORM } from '#projections/accounts';
import { inboxProjection } from '#projections/inbox';
import type { ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { unreadCount } from './inbox.ts';
import { listPage, withItems } from './paging.ts';
import { searchedFor } from './search.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

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

/** An account as the platform's own people find it. */
export interface ListedAccount {
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly company: CompanyDetails;
}

export class ListAccounts extends ViewQuery<PageOf<ListedAccount>> {
  readonly reads = [accountsProjection.name];

  constructor(
    caller: Actor,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

/** Auditors read the history of any account, operators register them; members find others only by their connections. */
const ACCOUNT_SEARCHERS: readonly Role[] = ['auditor', 'operator'];

@QueryHandler(ListAccounts)
export class ListAccountsHandler implements IQueryHandler<ListAccounts, PageOf<ListedAccount>> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  /** By name. @throws Refusal `role-not-allowed` */
  async execute({ caller, page }: ListAccounts): Promise<PageOf<ListedAccount>> {
    requireRole(caller, ACCOUNT_SEARCHERS);
    const query = { index: 'by-name', prefix: [], text: searchedFor(PLATFORM, page.q) };
    const found = await listPage(this.views, { collection: accounts, query }, page);
    return withItems(found, found.items.map(listedAccount));
  }
}

function listedAccount({ id, kind, name, company }: AccountDocument): ListedAccount {
  return { id, kind, name, company };
}
