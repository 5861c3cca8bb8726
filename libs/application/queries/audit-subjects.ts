// What can be audited: who is party to it, how far back and forth each may read, and the state it came to.
import { causeFor, type Recorded, type TesseraEvent, type Viewer } from '#contracts';
import { type AccountState, account } from '#domain/account';
import { type ConnectionState, connection, labelOf, partiesOf, statusAt } from '#domain/connection';
import {
  type InstallationEvent,
  type InstallationState,
  installation,
  type RecordedGrant,
  visibleTo,
} from '#domain/installation';
import { fold, type Instant } from '#domain/kernel';
import { mayKnowLeftOut, type ShareState, share, statusFor } from '#domain/share';
import type { AnyDecider } from '../core/aggregates.ts';

export type AuditedKind = 'share' | 'connection' | 'installation' | 'account';

/** Who looks: a party by its account, or an auditor, who sees everything. */
export type Auditing = Viewer | 'auditor';

/** One kind of stream under audit. */
export interface AuditSubject<State> {
  readonly decider: AnyDecider<State>;
  /** The part of the history that the account may read; nothing for an account that is no party. */
  readonly readable: (history: readonly Recorded[], accountId: string) => readonly Recorded[];
  /** The account as it looks at this stream. */
  readonly viewer: (state: State, accountId: string) => Viewer;
  /** The state at a moment, with what is there for the viewer to see. */
  readonly present: (state: State, viewer: Auditing, at: Instant) => object;
}

export const auditSubjects: { readonly [Kind in AuditedKind]: AuditSubject<StateOf[Kind]> } = {
  share: {
    decider: share,
    readable: forParties(share, (state) =>
      state.kind === 'none' ? [] : [state.summary.requester, state.summary.provider],
    ),
    viewer: (_, accountId) => ({ account: accountId }),
    present: presentShare,
  },
  connection: {
    decider: connection,
    readable: forParties(connection, partiesOf),
    viewer: (_, accountId) => ({ account: accountId }),
    present: presentConnection,
  },
  installation: {
    decider: installation,
    readable: (history, accountId) => visibleTo(history as readonly Recorded<InstallationEvent>[], accountId),
    viewer: (state, accountId) => ({
      account: accountId,
      ...(state.status === 'registered' && { root: state.tree.root }),
    }),
    present: presentInstallation,
  },
  account: {
    decider: account,
    readable: forParties(account, (state) => (state.status === 'none' ? [] : [state.accountId])),
    viewer: (_, accountId) => ({ account: accountId }),
    present: (state) => state,
  },
};

interface StateOf {
  share: ShareState;
  connection: ConnectionState;
  installation: InstallationState;
  account: AccountState;
}

/** All of it for whoever is a party by now. */
function forParties<State>(
  decider: AnyDecider<State>,
  partiesOfState: (state: State) => readonly string[],
): AuditSubject<State>['readable'] {
  return (history, accountId) =>
    partiesOfState(fold<State, TesseraEvent>(decider, decider.initial, history)).includes(accountId)
      ? history
      : [];
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
