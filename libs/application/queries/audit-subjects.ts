// What can be audited: its parties, how far each may read, and its state at a moment.
import { causeFor, type Viewer } from '#contracts';
import { type AccountState, account } from '#domain/account';
import { type ConnectionState, connection, labelOf, statusAt } from '#domain/connection';
import { type InstallationState, installation, type RecordedGrant } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import { mayKnowLeftOut, type ShareState, share, sideOf, statusFor, wasApproved } from '#domain/share';
import { accounts, accountsProjection } from '#projections/accounts';
import { connectionsProjection, partyConnectionId, partyConnections } from '#projections/connections';
import { imports, importsProjection } from '#projections/imports';
import {
  heldAccess,
  installations,
  installationsProjection,
  readableRevision,
} from '#projections/installations';
import { shares, sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import type { AnyDecider } from '../core/aggregates.ts';

export type AuditedKind = 'share' | 'connection' | 'installation' | 'account';

/** The viewer: a party by its account, or an auditor, who sees everything. */
export type Auditing = Viewer | 'auditor';

/** A viewer of a stream, and the last revision it may read. */
export interface AuditReader {
  readonly viewer: Auditing;
  readonly until: number;
}

/** One kind of stream under audit. */
export interface AuditSubject<State> {
  readonly decider: AnyDecider<State>;
  /** The projection by which parties are recognised. */
  readonly projection: string;
  /** The account as a party, according to the view; `undefined` for a stranger. */
  readonly party: (views: ViewReader, id: string, account: string) => Promise<AuditReader | undefined>;
  /** The state at a moment, as the viewer may see it. */
  readonly present: (state: State, viewer: Auditing, at: Instant) => object;
  /** The parts of the state that may be very large, and are only compared. */
  readonly contents?: (state: State, viewer: Auditing) => object;
}

/** The fields that identify the items of a state's lists, by the lists' names. */
export const listedBy = {
  grants: 'grantId',
  items: 'installationId',
  logbook: 'activityId',
  placements: 'placedAt',
} as const;

export const auditSubjects: { readonly [Kind in AuditedKind]: AuditSubject<StateOf[Kind]> } = {
  share: {
    decider: share,
    projection: sharesProjection.name,
    party: async (views, id, account) => {
      const document = await views.get(shares, id);
      return document && sideOf(document.summary, account) && wholeFor({ account });
    },
    present: presentShare,
    contents: itemsOf,
  },
  connection: {
    decider: connection,
    projection: connectionsProjection.name,
    party: async (views, id, account) =>
      (await views.get(partyConnections, partyConnectionId(id, account))) && wholeFor({ account }),
    present: presentConnection,
  },
  installation: {
    decider: installation,
    projection: installationsProjection.name,
    party: async (views, id, account) => {
      const document = await views.get(installations, id);
      if (document === undefined || heldAccess(document, account) === undefined) return undefined;
      const { root } = document.installation.tree;
      return { viewer: { account, root }, until: readableRevision(document, account) };
    },
    present: presentInstallation,
  },
  account: {
    decider: account,
    projection: accountsProjection.name,
    party: async (views, id, account) =>
      id === account && (await views.get(accounts, id)) ? wholeFor({ account }) : undefined,
    present: (state) => state,
  },
};

/** A stream of another kind: its parties, as far as they are known. */
type AuditParty = Pick<AuditSubject<never>, 'party'> & { readonly projection?: string };

/** Each of its events is visible only to the account that it names. */
const ownEvents: AuditParty = { party: async (_views, _id, account) => wholeFor({ account }) };

/** The parties, by the kind of a stream; other kinds have none. */
export const auditParties: { readonly [kind: string]: AuditParty | undefined } = {
  ...auditSubjects,
  import: {
    projection: importsProjection.name,
    party: async (views, id, account) =>
      (await views.get(imports, id))?.account === account ? wholeFor({ account }) : undefined,
  },
  customer: ownEvents,
  location: ownEvents,
  building: ownEvents,
  inbox: ownEvents,
  webhook: ownEvents,
};

interface StateOf {
  share: ShareState;
  connection: ConnectionState;
  installation: InstallationState;
  account: AccountState;
}

/** Without a last revision: parties read everything, except of an installation. */
export function wholeFor(viewer: Auditing): AuditReader {
  return { viewer, until: Number.POSITIVE_INFINITY };
}

function presentShare(state: ShareState, viewer: Auditing): object {
  if (state.kind === 'none') return { status: 'none' };
  const { summary } = state;
  if (viewer === 'auditor') return summary;
  const { leftOut, preparation, ...shown } = summary;
  const knows = mayKnowLeftOut(summary, viewer.account);
  return { ...shown, ...(knows && { leftOut, preparation }), status: statusFor(summary, viewer.account) };
}

/** The state of each item; parties see an item that is being placed as offered. */
function itemsOf(state: ShareState, viewer: Auditing): object {
  if (!wasApproved(state)) return {};
  const items = Array.from(state.contents.items, ([installationId, { status }]) => {
    const isUnderWay = status === 'confirmed' && viewer !== 'auditor';
    return { installationId, status: isUnderWay ? 'offered' : status };
  });
  return { items };
}

/** A token's hash is shown to nobody, and a label only to the side that gave it (R-C1). */
function presentConnection(state: ConnectionState, viewer: Auditing, at: Instant): object {
  if (state.status === 'none') return { status: 'none' };
  const { tokenHash: _, ...known } = state;
  const status = statusAt(state, at);
  if (viewer === 'auditor') return { ...known, status };
  const own = state.creator === viewer.account ? { description: state.description } : {};
  const shown = Object.fromEntries(Object.entries(known).filter(([field]) => !ONE_SIDED.includes(field)));
  return { ...shown, label: labelOf(state, viewer.account), ...own, status };
}

const ONE_SIDED = ['creatorLabel', 'acceptorLabel', 'description'];

/** Placement and reference of another account are not shown (R-G2). */
function presentInstallation(state: InstallationState, viewer: Auditing): object {
  if (state.status === 'none') return { status: 'none' };
  const { registeredAs: _, blockedGrants: __, placements, tree, ...shown } = state;
  if (viewer === 'auditor') return { ...shown, placements, grants: tree.grants, root: tree.root };
  const { account: reader } = viewer;
  const grants = tree.grants.filter(({ giver, holder }) => [giver, holder, tree.root].includes(reader));
  return { ...shown, ...placements[reader], grants: grants.map((grant) => grantFor(grant, reader)) };
}

function grantFor({ withdrawal, ...grant }: RecordedGrant, reader: string): object {
  if (withdrawal === undefined) return grant;
  return { ...grant, withdrawal: { ...withdrawal, cause: causeFor(withdrawal.cause, reader) } };
}
