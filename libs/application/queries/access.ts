import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  type AccessAction,
  type AccessExplanation,
  type AccessType,
  explainAccess,
  type GrantTree,
  knownTo,
  pathTo,
  type RecordedGrant,
} from '#domain/installation';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import { accessProjection, type KnownInterval, knownIntervals } from '#projections/access';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import {
  heldAccess,
  type InstallationDocument,
  installations,
  installationsProjection,
} from '#projections/installations';
import type { ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { CLOCK, VIEWS } from '../ports.ts';
import { documentByClock } from './installations.ts';
import { collectPage, offsetOf, offsetToken, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** One check (R-G3). */
export interface AccessCheck {
  readonly account: string;
  readonly installation: string;
  readonly action: AccessAction;
}

/** A grant on the path from the account that registered the installation to the one whose access is checked. */
export interface AccessStep {
  readonly grantId: string;
  readonly shareId: string;
  readonly giver: string;
  readonly holder: string;
  readonly type: AccessType;
  readonly since: Instant;
  /** When it ends by itself (R-E1). */
  readonly expiresAt?: Instant;
}

/** Whether it may, and why: the path of grants, `registered-by-account`, or the code of the rule that refuses. */
export interface AccessVerdict {
  readonly allowed: boolean;
  readonly because: readonly (AccessStep | string)[];
}

/** In the order of the checks. */
export interface AccessVerdicts {
  readonly results: readonly AccessVerdict[];
}

export class CheckAccess extends ViewQuery<AccessVerdicts> {
  readonly reads = [installationsProjection.name];

  constructor(
    caller: Actor,
    readonly checks: readonly AccessCheck[],
  ) {
    super(caller);
  }
}

/** An account's access to an installation. */
export interface AccessHeldView {
  readonly account: Counterparty;
  readonly installation: string;
  readonly type: 'root' | AccessType;
  readonly via?: string;
  readonly shareId?: string;
  readonly grantId?: string;
  readonly since: Instant;
  readonly revocableUntil?: Instant | 'any-time';
  /** When it ends by itself, or with what it was given on from (R-E1). */
  readonly expiresAt?: Instant;
}

/** What an account has access to now, as far as the caller may know. */
export class ListAccessOfAccount extends ViewQuery<PageOf<AccessHeldView>> {
  readonly reads = [accessProjection.name, installationsProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly account: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

/** Who has access to an installation now, as far as the caller may know. */
export class ListAccessToInstallation extends ViewQuery<PageOf<AccessHeldView>> {
  readonly reads = [installationsProjection.name, accountsProjection.name];

  constructor(
    caller: Actor,
    readonly installationId: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(CheckAccess)
export class CheckAccessHandler implements IQueryHandler<CheckAccess, AccessVerdicts> {
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the caller may not know is answered like what does not exist: `no-access`. */
  async execute({ caller, checks }: CheckAccess): Promise<AccessVerdicts> {
    const ids = [...new Set(checks.map(({ installation }) => installation))];
    const found = await documentsNow(this.views, ids, this.clock);
    const documents = new Map(ids.map((id, index) => [id, found[index]]));
    return {
      results: checks.map(({ account, installation, action }): AccessVerdict => {
        const tree = treeFor(documents.get(installation), caller, account);
        return tree === undefined
          ? { allowed: false, because: ['no-access'] }
          : verdict(explainAccess(tree, account, action));
      }),
    };
  }
}

@QueryHandler(ListAccessOfAccount)
export class ListAccessOfAccountHandler
  implements IQueryHandler<ListAccessOfAccount, PageOf<AccessHeldView>>
{
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ caller, account, page }: ListAccessOfAccount): Promise<PageOf<AccessHeldView>> {
    const knower = seesAll(caller) ? account : caller.account;
    const listed = { collection: knownIntervals, query: { index: 'decisive', prefix: [knower, account] } };
    const found = await collectPage(this.views, listed, page, async (rows: readonly KnownInterval[]) => {
      const ids = rows.map(({ installationId }) => installationId);
      const documents = await documentsNow(this.views, ids, this.clock);
      return documents.map((document) => heldBy(document, caller, account));
    });
    const names = await counterparties(this.views, [account]);
    return withItems(
      found,
      found.items.map((held) => ({ ...held, account: known(names, account) })),
    );
  }
}

@QueryHandler(ListAccessToInstallation)
export class ListAccessToInstallationHandler
  implements IQueryHandler<ListAccessToInstallation, PageOf<AccessHeldView>>
{
  constructor(
    @Inject(VIEWS) private readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller never had access to it */
  async execute({ caller, installationId, page }: ListAccessToInstallation): Promise<PageOf<AccessHeldView>> {
    const [document] = await documentsNow(this.views, [installationId], this.clock);
    if (document === undefined || isStranger(document, caller)) throw notFound('installation');
    const { root, grants } = document.installation.tree;
    const accounts = [...new Set([root, ...grants.map(({ holder }) => holder)])];
    const all = accounts.flatMap((account) => {
      const held = heldBy(document, caller, account);
      return held ? [{ ...held, holder: account }] : [];
    });
    const from = offsetOf(page.pageToken);
    const next = from + page.pageSize;
    const shown = all.slice(from, next);
    const names = await counterparties(
      this.views,
      shown.map(({ holder }) => holder),
    );
    return {
      items: shown.map(({ holder, ...held }) => ({ ...held, account: known(names, holder) })),
      nextPageToken: next < all.length ? offsetToken(next) : undefined,
      total: all.length,
    };
  }
}

/** As of now: expired access reads as ended (R-E2). */
async function documentsNow(
  views: ViewReader,
  ids: readonly string[],
  clock: Clock,
): Promise<(InstallationDocument | undefined)[]> {
  const found = await views.getMany(installations, ids);
  const now = clock.now();
  return found.map((document) => document && documentByClock(document, now));
}

/** Auditors, and internal services that act for no one account. */
function seesAll({ account, roles }: Actor): boolean {
  return roles.includes('auditor') || (roles.includes('service') && account === '');
}

function isStranger(document: InstallationDocument, caller: Actor): boolean {
  return !seesAll(caller) && heldAccess(document, caller.account) === undefined;
}

/**
 * The tree in which the caller may look for an account: auditors and internal services for any, everyone for their own,
 * the root for any it has given access to, however indirectly, and a holder for those below it. `undefined` for what it may not ask.
 */
function treeFor(
  document: InstallationDocument | undefined,
  caller: Actor,
  account: string,
): GrantTree | undefined {
  const tree = document?.installation.tree;
  if (tree === undefined || seesAll(caller)) return tree;
  const visible = knownTo(tree, caller.account);
  if (account === caller.account || caller.account === tree.root) return visible;
  const below = visible.grants.some(
    (grant) => grant.holder === account && passesThrough(visible, grant, caller.account),
  );
  return below ? visible : undefined;
}

function passesThrough(tree: GrantTree, grant: RecordedGrant, account: string): boolean {
  return pathTo(tree, grant).some(({ giver }) => giver === account);
}

function verdict(explained: AccessExplanation): AccessVerdict {
  if (!explained.allowed) return { allowed: false, because: [explained.code] };
  if (explained.path.length === 0) return { allowed: true, because: ['registered-by-account'] };
  return {
    allowed: true,
    because: explained.path.map(({ grantId, shareId, giver, holder, accessType, grantedAt, until }) => ({
      grantId,
      shareId,
      giver,
      holder,
      type: accessType,
      since: grantedAt,
      expiresAt: until,
    })),
  };
}

/** How the account has access now, where the caller may know. */
function heldBy(
  document: InstallationDocument | undefined,
  caller: Actor,
  account: string,
): Omit<AccessHeldView, 'account'> | undefined {
  const tree = treeFor(document, caller, account);
  if (document === undefined || tree === undefined) return undefined;
  const held = heldAccess({ ...document, installation: { ...document.installation, tree } }, account);
  if (held === undefined || held.kind === 'former') return undefined;
  const installation = document.id;
  if (held.kind === 'root') return { installation, type: 'root', since: held.since };
  const { type, via, shareId, grantId, since, revocableUntil, expiresAt } = held;
  return { installation, type, via, shareId, grantId, since, revocableUntil, expiresAt };
}
