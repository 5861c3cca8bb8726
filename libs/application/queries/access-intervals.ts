// Intervals of access with their details, as a caller may see them.
import { causeFor, type Recorded } from '#contracts';
import {
  type AccessType,
  accessOf,
  type GrantTree,
  pathTo,
  type RecordedGrant,
  readableTree,
  type WithdrawalCause,
} from '#domain/installation';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import type { EventReader } from '#event-store';
import {
  type AccessInterval,
  type AccessTree,
  accessProjection,
  accessTrees,
  intervalsOf,
  type KnownInterval,
} from '#projections/access';
import { accountsProjection, type Counterparty, counterparties, known } from '#projections/accounts';
import { catalogueProjection, customers } from '#projections/catalogue';
import {
  type AccountInstallation,
  accountInstallationId,
  accountInstallations,
  installationsProjection,
} from '#projections/installations';
import { InvalidPageToken, type ViewReader } from '#view-store';
import { type Authorisation, authorisation, Decisions } from './audit-decisions.ts';
import type { Auditing } from './audit-subjects.ts';
import type { PageOf, PageRequest } from './view-query.ts';

/** An installation as the caller keeps it; for auditors as the account keeps it that registered it. */
export interface NamedInstallation {
  readonly id: string;
  readonly token: string;
  readonly reference?: string;
  readonly customer?: NamedCustomer;
  readonly serialNumber?: string;
  readonly brand?: string;
  readonly model?: string;
}

/** A customer of the account that keeps the installation. */
export interface NamedCustomer {
  readonly id: string;
  /** Absent as long as the view of customers lacks it. */
  readonly name?: string;
}

/** A grant on the path from the account that registered the installation to the one that has access. */
export interface PathStep {
  readonly grantId: string;
  readonly shareId: string;
  readonly giver: Counterparty;
  readonly receiver: Counterparty;
  readonly type: AccessType;
  readonly at: Instant;
  readonly until?: Instant;
  readonly authorisedBy?: Authorisation;
}

/** How access ended. The details of a decision further up are for its parties, and for auditors. */
export interface AccessEnd {
  /** Revoked by its giver, returned by its holder, or ended with a grant above it (R-V1, R-V4, R-V7). */
  readonly kind: WithdrawalCause['kind'];
  /** The account that decided. */
  readonly account: Counterparty;
  readonly shareId?: string;
  readonly grantId?: string;
  readonly reason?: string;
  readonly decidedBy?: Authorisation;
}

/** An account's access to an installation: from when to when, along which path, and by whose decisions. */
export interface AccessIntervalView {
  readonly installation: NamedInstallation;
  readonly account: Counterparty;
  readonly type: 'root' | AccessType;
  readonly since: Instant;
  /** Absent while it is live. */
  readonly until?: Instant;
  /** How it began: by the registration of the installation, or by a grant. */
  readonly began: 'registered' | 'given';
  readonly ended?: AccessEnd;
  /** From the root down to this account; empty for the root. */
  readonly path: readonly PathStep[];
  /** Who decided: by the registration, or by the approval of the share that the last grant of the path came from. */
  readonly authorisedBy?: Authorisation;
  /** All of the account's access has ended: it reads the installation as it was then (R-V5). */
  readonly readableAsOf?: Instant;
  /** The caller's own access ended then: later changes of this one are not shown (R-V5). */
  readonly knownAsOf?: Instant;
}

/** One interval, and the document it was found in. */
export interface Found {
  readonly document: AccessTree;
  readonly interval: AccessInterval;
}

/** The projections that intervals are read from. */
export const INTERVALS_READ = [
  accessProjection.name,
  installationsProjection.name,
  catalogueProjection.name,
  accountsProjection.name,
];

/** The account whose knowledge is shown; `undefined` for auditors, who see everything. */
export function readerOf({ account, roles }: Actor): string | undefined {
  return roles.includes('auditor') ? undefined : account;
}

/**
 * The intervals of one installation, which are all in one document.
 * @throws Refusal `not-found`: there is none, or the reader never had access to it
 */
export async function ofInstallation(
  views: ViewReader,
  installationId: string,
  reader: string | undefined,
  isWanted: (interval: AccessInterval, document: AccessTree) => boolean,
  { pageSize, pageToken }: PageRequest,
  direction: 'forward' | 'backward' = 'forward',
): Promise<PageOf<Found>> {
  const document = await views.get(accessTrees, installationId);
  const all = document === undefined ? [] : intervalsOf(document, reader);
  if (document === undefined || all.length === 0) throw notFound('installation');
  const matches = (interval: AccessInterval) => isWanted(interval, document);
  const ordered = direction === 'forward' ? all : all.toReversed();
  const left = ordered.slice(placeAfter(ordered, pageToken)).filter(matches);
  const items = left.slice(0, pageSize).map((interval) => ({ document, interval }));
  const last = items.at(-1);
  return {
    items,
    nextPageToken: last && left.length > items.length ? tokenAfter(last.interval) : undefined,
    total: all.filter(matches).length,
  };
}

/** The intervals of rows. A row may be stored a moment before its document, and is skipped then. */
export async function foundBy(
  views: ViewReader,
  rows: readonly KnownInterval[],
  reader: string | undefined,
): Promise<Found[]> {
  const documents = await views.getMany(
    accessTrees,
    rows.map(({ installationId }) => installationId),
  );
  return rows.flatMap(({ grantId }, index): Found[] => {
    const document = documents[index];
    const interval =
      document && intervalsOf(document, reader).find(({ grant }) => grant?.grantId === grantId);
    return document && interval ? [{ document, interval }] : [];
  });
}

/** The views of the intervals for the caller. */
export async function shownIntervals(
  { log, views }: { readonly log: EventReader; readonly views: ViewReader },
  found: readonly Found[],
  caller: Actor,
): Promise<AccessIntervalView[]> {
  const reader = readerOf(caller);
  const viewer = reader === undefined ? 'auditor' : caller;
  const decisions = new Decisions(log, views);
  const details = await Promise.all(found.map((one) => detailsOf(one, reader, viewer, decisions)));
  const [names, kept] = await Promise.all([
    counterparties(views, new Set(details.flatMap(accountsIn))),
    views.getMany(
      accountInstallations,
      found.map(({ document: { id, tree } }) => accountInstallationId(id, reader ?? tree.root)),
    ),
  ]);
  const named = await customerNames(views, kept);
  return details.map((one, index) =>
    intervalView(one, namedInstallation(one, kept[index], named), names, viewer),
  );
}

async function customerNames(
  views: ViewReader,
  kept: readonly (AccountInstallation | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(kept.flatMap((row) => row?.placement.customerId ?? []))];
  const found = await views.getMany(customers, ids);
  return new Map(found.flatMap((customer) => (customer ? [[customer.id, customer.details.name]] : [])));
}

/** All details of an interval, except names. */
interface IntervalDetails extends Found {
  readonly path: readonly { readonly grant: RecordedGrant; readonly approval: Recorded | undefined }[];
  readonly decision: Recorded | undefined;
  readonly end?: { readonly cause: Partial<WithdrawalCause>; readonly decision: Recorded | undefined };
  readonly readableAsOf: Instant | undefined;
  readonly knownAsOf: Instant | undefined;
}

async function detailsOf(
  found: Found,
  reader: string | undefined,
  viewer: Auditing,
  decisions: Decisions,
): Promise<IntervalDetails> {
  const { document, interval } = found;
  const tree = reader === undefined ? document.tree : readableTree(document.tree, reader);
  const grants = interval.grant === undefined ? [] : pathTo(tree, interval.grant);
  const path = await Promise.all(
    grants.map(async (grant) => ({ grant, approval: await decisions.approval(grant) })),
  );
  const last = path.at(-1);
  return {
    ...found,
    path,
    decision: last === undefined ? await decisions.registration(document.id) : last.approval,
    end: await endOf(found, viewer, decisions),
    readableAsOf: interval.until === endOfAll(tree, interval.account) ? interval.until : undefined,
    knownAsOf:
      reader === undefined || interval.until !== undefined ? undefined : endOfAll(document.tree, reader),
  };
}

/** Of a decision further up others than its parties learn only that it was made, and by whom. */
async function endOf(
  { document, interval }: Found,
  viewer: Auditing,
  decisions: Decisions,
): Promise<IntervalDetails['end']> {
  const cause = interval.grant?.withdrawal?.cause;
  if (cause === undefined) return undefined;
  const visible: Partial<WithdrawalCause> = viewer === 'auditor' ? cause : causeFor(cause, viewer.account);
  const isKnown = visible.shareId !== undefined;
  return { cause: visible, decision: isKnown ? await decisions.end(document, interval) : undefined };
}

/** When the last access of an account ended; `undefined` while it has some. */
function endOfAll(tree: GrantTree, account: string): Instant | undefined {
  const access = accessOf(tree, account);
  return access.kind === 'former' ? access.endedAt : undefined;
}

function accountsIn({ interval, path, decision, end }: IntervalDetails): string[] {
  const decided = [decision, end?.decision, ...path.map(({ approval }) => approval)];
  return [
    interval.account,
    ...path.flatMap(({ grant: { giver, holder } }) => [giver, holder]),
    ...decided.flatMap((event) => event?.metadata.actor.account ?? []),
    ...(end?.cause.account === undefined ? [] : [end.cause.account]),
  ];
}

function intervalView(
  { interval, path, decision, end, readableAsOf, knownAsOf }: IntervalDetails,
  installation: NamedInstallation,
  names: ReadonlyMap<string, Counterparty>,
  viewer: Auditing,
): AccessIntervalView {
  const { account, grant, since, until } = interval;
  const decidedBy = (event: Recorded | undefined) => event && authorisation(event, names, viewer);
  return {
    installation,
    account: known(names, account),
    type: grant?.accessType ?? 'root',
    since,
    until,
    began: grant === undefined ? 'registered' : 'given',
    ended: end && {
      kind: end.cause.kind as WithdrawalCause['kind'],
      account: known(names, end.cause.account as string),
      shareId: end.cause.shareId,
      grantId: end.cause.grantId,
      reason: end.cause.reason,
      decidedBy: decidedBy(end.decision),
    },
    path: path.map(({ grant: step, approval }) => ({
      grantId: step.grantId,
      shareId: step.shareId,
      giver: known(names, step.giver),
      receiver: known(names, step.holder),
      type: step.accessType,
      at: step.grantedAt,
      until: step.withdrawal?.withdrawnAt,
      authorisedBy: decidedBy(approval),
    })),
    authorisedBy: decidedBy(decision),
    readableAsOf,
    knownAsOf,
  };
}

/** Named by its keeper's reference, or by its token while the view does not have that. */
function namedInstallation(
  { document: { id, token } }: Found,
  kept: AccountInstallation | undefined,
  customerNames: ReadonlyMap<string, string>,
): NamedInstallation {
  if (kept === undefined) return { id, token };
  const { reference, customerId } = kept.placement;
  const { serialNumber, brand, model } = kept.properties;
  const customer = { id: customerId, name: customerNames.get(customerId) };
  return { id, token, reference, customer, serialNumber, brand, model };
}

/** A token names the last interval shown: a number would reveal how many are hidden. */
function tokenAfter({ grant }: AccessInterval): string {
  return `after-${grant?.grantId ?? ROOT}`;
}

const ROOT = 'root';

/** @throws InvalidPageToken */
function placeAfter(intervals: readonly AccessInterval[], pageToken: string | undefined): number {
  if (pageToken === undefined) return 0;
  const place = intervals.findIndex((interval) => tokenAfter(interval) === pageToken);
  if (place < 0) throw new InvalidPageToken();
  return place + 1;
}
