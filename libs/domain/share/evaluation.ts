import { connectionRefusalContext, otherParty, partiesOf } from '#domain/connection';
import {
  type AccessType,
  type DocumentIdentity,
  GIVING,
  type RevocationTerms,
  receivableBy,
} from '#domain/installation';
import { conflict, type Instant, impossible, notFound, type Refusal, sameData } from '#domain/kernel';
import type {
  ApproveShare,
  CancelForEndedConnection,
  CancelShare,
  RejectShare,
  RequestShare,
  RevocationWindow,
} from './commands.ts';
import type { ShareTerms } from './events.ts';
import { requireEnd } from './expiry.ts';
import { known } from './facts.ts';
import { awaitsEvaluation, sideOf } from './query.ts';
import type { ActionRow, OpeningRow, RecordingRow } from './row.ts';
import { type ApprovedShare, wasApproved } from './state.ts';

export const MAX_NAME_LENGTH = 200;
export const MAX_EXPLANATION_LENGTH = 2000;
export const MAX_SELECTION = 5000;

/** Access types for temporary work: revocable at any time, and the only ones with a document identity (R-A4). */
const TEMPORARY: readonly AccessType[] = ['subcontractor', 'on-loan'];

/** A request along an active connection, to its other party (R-C3, R-S2). */
export const requestShare: OpeningRow<RequestShare> = {
  kind: 'opening',
  roles: ['administrator'],
  decide({ actor, data, now }, state, facts) {
    const requester = actor.account;
    if (state.kind !== 'none') {
      const { summary } = state;
      if (sideOf(summary, requester) === undefined) throw notFound('share');
      const { connectionId, name, explanation, suggestedLevel } = summary;
      const recorded = { shareId: data.shareId, connectionId, name, explanation, suggestedLevel };
      if (summary.requester === requester && sameData(recorded, data)) return [];
      throw conflict('id-in-use', 'This id is in use.');
    }
    const { connection } = known(facts, 'connection');
    if (!partiesOf(connection).includes(requester)) throw notFound('connection');
    const provider = otherParty(connection, requester);
    if (connection.status !== 'active' || provider === undefined) {
      // There is no share yet, so the context of the refusal is the connection's.
      throw connectionNotActive().inContext(connectionRefusalContext(connection, { actor, now }));
    }
    if (data.name.trim() === '' || charactersOf(data.name) > MAX_NAME_LENGTH) {
      throw impossible('name-length', `A name has 1 to ${MAX_NAME_LENGTH} characters.`);
    }
    if (data.explanation !== undefined && charactersOf(data.explanation) > MAX_EXPLANATION_LENGTH) {
      throw impossible(
        'explanation-length',
        `An explanation has at most ${MAX_EXPLANATION_LENGTH} characters.`,
      );
    }
    return [{ type: 'ShareRequested', data: { ...data, requester, provider, requestedAt: now } }];
  },
};

/** The requester cancels its request while it is open. */
export const cancelShare: ActionRow<CancelShare> = {
  kind: 'action',
  action: 'cancel',
  side: 'requester',
  roles: ['administrator'],
  possible: awaitsEvaluation,
  refusals: { otherSide: 'not-the-requester', notNow: 'share-not-requested' },
  isDone: (_, { summary }) => summary.status === 'cancelled',
  decide: ({ data, now }) => [
    { type: 'ShareCancelled', data: { shareId: data.shareId, cause: 'requester', cancelledAt: now } },
  ],
};

/** The provider ends the share, with a reason or without (R-S4). */
export const rejectShare: ActionRow<RejectShare> = {
  kind: 'action',
  action: 'reject',
  side: 'provider',
  roles: ['administrator'],
  possible: awaitsEvaluation,
  refusals: { otherSide: 'not-the-provider', notNow: 'share-not-requested' },
  isDone: (_, { summary }) => summary.status === 'rejected',
  decide: ({ data, now }) => [{ type: 'ShareRejected', data: { ...data, rejectedAt: now } }],
};

/** Level, selection, access type and document identity, in one decision (R-S5); its terms are stamped (R-S6). */
export const approveShare: ActionRow<ApproveShare> = {
  kind: 'action',
  action: 'approve',
  side: 'provider',
  roles: GIVING,
  possible: awaitsEvaluation,
  refusals: { otherSide: 'not-the-provider', notNow: 'share-not-requested' },
  isDone: ({ data }, share) => wasApproved(share) && sameApproval(data, share),
  decide({ data, now }, _, facts) {
    const { level, selection, accessType, documentIdentity = 'performer', until } = data;
    if (selection.length === 0 || selection.length > MAX_SELECTION) {
      throw impossible('selection-size', `A selection has 1 to ${MAX_SELECTION} entries.`);
    }
    if (new Set(selection).size < selection.length) {
      throw impossible('selection-not-unique', 'A selection may name each entry only once.');
    }
    const { connection, requesterKind, window, shareable, leftOut } = known(facts, 'requesterKind');
    if (connection.status !== 'active') {
      throw connectionNotActive();
    }
    if (!receivableBy(accessType, requesterKind)) {
      throw impossible(
        'access-type-not-receivable',
        `A ${requesterKind} account cannot receive ${accessType} access.`,
      );
    }
    if (documentIdentity === 'giver' && !TEMPORARY.includes(accessType)) {
      throw impossible(
        'document-identity-not-applicable',
        'Only documents under subcontractor and on-loan access may show the details of the giver.',
      );
    }
    if (level === 'installation' && leftOut.length > 0) {
      throw impossible('selection-not-shareable', 'Some installations in the selection cannot be shared.', {
        errors: leftOut.map(({ installationId, code }) => ({
          pointer: installationId,
          code,
          detail: 'This installation cannot be shared.',
        })),
      });
    }
    if (shareable === 0) {
      throw impossible('nothing-to-share', 'Nothing in the selection can be shared.');
    }
    if (until !== undefined) requireEnd(until, now);
    const terms = stampedTerms(accessType, documentIdentity, window, now, until);
    return [{ type: 'ShareApproved', data: { shareId: data.shareId, level, selection, terms } }];
  },
};

/** Requests and approvals need the connection; what follows them does not (R-C3, R-C4). */
function connectionNotActive(): Refusal {
  return conflict('connection-not-active', 'Shares need an active connection.');
}

function sameApproval(data: ApproveShare['data'], { summary, contents }: ApprovedShare): boolean {
  const { accessType, documentIdentity = 'performer' } = data;
  const { level, terms } = summary;
  return (
    sameData([data.level, data.selection], [level, contents.selection]) &&
    sameData(
      [accessType, documentIdentity, data.until],
      [terms.accessType, terms.documentIdentity, terms.until],
    )
  );
}

/** The terms that are fixed for the share; later configuration does not change them (R-S6). */
function stampedTerms(
  accessType: AccessType,
  documentIdentity: DocumentIdentity,
  window: RevocationWindow,
  approvedAt: Instant,
  until: Instant | undefined,
): ShareTerms {
  const revocation: RevocationTerms = TEMPORARY.includes(accessType) ? { kind: 'any-time' } : window;
  const end = until !== undefined && { until };
  return { accessType, documentIdentity, revocation, approvedAt, ...end };
}

/** Only open requests end with their connection: approved shares stay (R-C4). */
export const cancelForEndedConnection: RecordingRow<CancelForEndedConnection> = {
  kind: 'recording',
  roles: ['system'],
  decide: ({ data, now }, { summary }) =>
    awaitsEvaluation(summary)
      ? [
          {
            type: 'ShareCancelled',
            data: { shareId: data.shareId, cause: 'connection-ended', cancelledAt: now },
          },
        ]
      : [],
};

/** Counts code points: a character outside the basic plane is one, not two. */
function charactersOf(text: string): number {
  return [...text].length;
}
