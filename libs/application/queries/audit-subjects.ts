// What can be audited: who is party to it, how far back and forth each may read, and the state it came to.
import { causeFor, type Viewer } from '#contracts';
import { type AccountState, account } from '#domain/account';
import { type ConnectionState, connection, labelOf, statusAt } from '#domain/connection';
import { type InstallationState, installation, type RecordedGrant } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import { mayKnowLeftOut, type ShareState, share, sideOf, statusFor } from '#domain/share';
import { accounts, accountsProjection } from '#projections/accounts';
import { connectionsProjection, partyConnectionId, partyConnections } from '#projections/connections';
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

/** Who looks: a party by its account, or an auditor, who sees everything. */
export type Auditing = Viewer | 'auditor';

/** Who looks at a stream, and the last revision it may read. */
export interface AuditReader {
  readonly viewer: Auditing;
  readonly until: number;
}

/** One kind of stream under audit. */
export interface AuditSubject<State> {
  readonly decider: AnyDecider<State>;
  /** By whose documents parties are told from strangers. */
  readonly projection: string;
  /** The account as a party; `undefined` for a stranger, as far as the view has come. */
  readonly party: (views: ViewReader, id: string, account: string) => Promise<AuditReader | undefined>;
  /** The state at a moment, with what is there for the viewer to see. */
  readonly present: (state: State, viewer: Auditing, at: Instant) => object;
}

export const auditSubjects: { readonly [Kind in AuditedKind]: AuditSubject<StateOf[Kind]> } = {
  share: {
    decider: share,
    projection: sharesProjection.name,
    party: async (views, id, account) => {
      const document = await views.get(shares, id);
      return document && sideOf(document.summary, account) && wholeFor({ account });
    },
    present: presentShare,
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

interface StateOf {
  share: ShareState;
  connection: ConnectionState;
  installation: InstallationState;
  account: AccountState;
}

/** All that ever happens: whoever is a party once reads it, but of an installation. */
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

/** A token's hash is for nobody, and a label for the side that gave it (R-C1). */
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

/** Where another account keeps it, and under which reference, is that account's own (R-G2). */
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
