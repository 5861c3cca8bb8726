import { otherParty, partiesOf } from '#domain/connection';
import {
  type AccessType,
  type DocumentIdentity,
  type RevocationTerms,
  receivableBy,
} from '#domain/installation';
import { conflict, type Instant, impossible, notFound, sameData } from '#domain/kernel';
import type {
  ApproveShare,
  CancelForEndedConnection,
  CancelShare,
  RejectShare,
  RequestShare,
  RevocationWindow,
} from './commands.ts';
import type { ShareEvent, ShareTerms } from './events.ts';
import { known, type ShareFacts } from './facts.ts';
import { bySide, requireExisting, requirePossible, standingFor } from './guards.ts';
import { roleOf } from './query.ts';
import { type GivenShare, isGiven, type ShareState } from './state.ts';

export const MAX_NAME_LENGTH = 200;
export const MAX_EXPLANATION_LENGTH = 2000;
export const MAX_SELECTION = 5000;

/** Given for a job, not for good: revocable at any time, and the only types with a document identity (R-A4). */
const TEMPORARY: readonly AccessType[] = ['subcontractor', 'on-loan'];

/** A request along an active connection, to its other party (R-C3, R-S2). */
export function request(
  { actor, data, now }: RequestShare,
  state: ShareState,
  facts: ShareFacts,
): ShareEvent[] {
  const requester = actor.account;
  if (state.status !== 'none') {
    const { summary } = state;
    if (roleOf(summary, requester) === undefined) throw notFound('share');
    const { connectionId, name, explanation, suggestedLevel } = summary;
    const asked = { shareId: data.shareId, connectionId, name, explanation, suggestedLevel };
    if (summary.requester === requester && sameData(asked, data)) return [];
    throw conflict('id-in-use', 'This id is in use.');
  }
  const { connection } = known(facts, 'connection');
  if (!partiesOf(connection).includes(requester)) throw notFound('connection');
  const provider = otherParty(connection, requester);
  if (connection.status !== 'active' || provider === undefined) {
    throw conflict('connection-not-active', 'Shares travel along active connections only.');
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
}

/** The requester takes its request back while it is open. */
export function cancel(command: CancelShare, state: ShareState): ShareEvent[] {
  const asked = bySide('cancel', command, state);
  if (asked.status === 'cancelled') return [];
  requirePossible('cancel', command, asked);
  return [
    {
      type: 'ShareCancelled',
      data: { shareId: command.data.shareId, cause: 'requester', cancelledAt: command.now },
    },
  ];
}

/** The provider ends the share, with a reason or without (R-S4). */
export function reject(command: RejectShare, state: ShareState): ShareEvent[] {
  const asked = bySide('reject', command, state);
  if (asked.status === 'rejected') return [];
  requirePossible('reject', command, asked);
  return [{ type: 'ShareRejected', data: { ...command.data, rejectedAt: command.now } }];
}

/** Level, selection, access type and document identity, in one decision (R-S5); its terms are stamped (R-S6). */
export function approve(command: ApproveShare, state: ShareState, facts: ShareFacts): ShareEvent[] {
  const { data, now } = command;
  const asked = bySide('approve', command, state);
  if (isGiven(asked) && sameApproval(data, asked)) return [];
  requirePossible('approve', command, asked);

  const standing = standingFor(command, asked.summary);
  const { level, selection, accessType, documentIdentity = 'performer' } = data;
  if (selection.length === 0 || selection.length > MAX_SELECTION) {
    throw impossible('selection-size', `A selection has 1 to ${MAX_SELECTION} entries.`, standing);
  }
  if (new Set(selection).size < selection.length) {
    throw impossible('selection-not-unique', 'A selection names each thing once.', standing);
  }
  const { connection, requesterKind, window, shareable, leftOut } = known(facts, 'requesterKind');
  if (connection.status !== 'active') {
    throw conflict('connection-not-active', 'Shares travel along active connections only.', standing);
  }
  if (!receivableBy(accessType, requesterKind)) {
    throw impossible(
      'access-type-not-receivable',
      `A ${requesterKind} account cannot receive ${accessType} access.`,
      standing,
    );
  }
  if (documentIdentity === 'giver' && !TEMPORARY.includes(accessType)) {
    throw impossible(
      'document-identity-not-applicable',
      'Only subcontractor and on-loan access may carry the details of the giver.',
      standing,
    );
  }
  if (level === 'installation' && leftOut.length > 0) {
    throw impossible('selection-not-shareable', 'Some installations of the selection cannot be shared.', {
      ...standing,
      errors: leftOut.map(({ installationId, code }) => ({
        pointer: installationId,
        code,
        detail: 'This installation cannot be shared.',
      })),
    });
  }
  if (shareable === 0) {
    throw impossible('nothing-to-share', 'Nothing of the selection can be shared.', standing);
  }
  const terms = stampedTerms(accessType, documentIdentity, window, now);
  return [{ type: 'ShareApproved', data: { shareId: data.shareId, level, selection, terms } }];
}

function sameApproval(data: ApproveShare['data'], { level, selection, terms }: GivenShare): boolean {
  const { accessType, documentIdentity = 'performer' } = data;
  return (
    sameData([data.level, data.selection], [level, selection]) &&
    sameData([accessType, documentIdentity], [terms.accessType, terms.documentIdentity])
  );
}

/** What holds for the share for good, whatever is configured later (R-S6). */
function stampedTerms(
  accessType: AccessType,
  documentIdentity: DocumentIdentity,
  window: RevocationWindow,
  approvedAt: Instant,
): ShareTerms {
  const revocation: RevocationTerms = TEMPORARY.includes(accessType) ? { kind: 'any-time' } : window;
  return { accessType, documentIdentity, revocation, approvedAt };
}

/** Only open requests end with their connection: what was approved lives on (R-C4). */
export function cancelForEndedConnection(
  { data, now }: CancelForEndedConnection,
  state: ShareState,
): ShareEvent[] {
  if (requireExisting(state).status !== 'requested') return [];
  return [
    {
      type: 'ShareCancelled',
      data: { shareId: data.shareId, cause: 'connection-ended', cancelledAt: now },
    },
  ];
}

/** As a person counts them: a character outside the basic plane is one, not two. */
function charactersOf(text: string): number {
  return [...text].length;
}
