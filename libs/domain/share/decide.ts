import type { AccountKind } from '#domain/account';
import { type ConnectionState, otherParty, partiesOf } from '#domain/connection';
import {
  type AccessType,
  type DocumentIdentity,
  type RevocationTerms,
  receivableBy,
} from '#domain/installation';
import {
  conflict,
  type Decider,
  type Instant,
  ITEMS_PER_EVENT,
  impossible,
  inBatches,
  notFound,
  type RefusalOptions,
  sameData,
  unreachable,
} from '#domain/kernel';
import type {
  ApproveShare,
  CancelForEndedConnection,
  CancelShare,
  CollectPackageBatch,
  CompletePackage,
  CompleteStep,
  FinishShare,
  ProcessShare,
  RecordPlacedItems,
  RecordWithdrawnItems,
  RejectShare,
  RequestShare,
  RevocationWindow,
  RevokeShare,
  ShareCommand,
  StartPreparation,
} from './commands.ts';
import type { LeftOut, ShareEvent, ShareItemsWithdrawn, ShareTerms, WithdrawnFrom } from './events.ts';
import { evolve } from './fold.ts';
import { withinLevel } from './levels.ts';
import { checkStep, type PlacingTarget } from './processing.ts';
import {
  allowedActions,
  confirmedIn,
  isCollected,
  isFullyProcessed,
  isLiveOrOffered,
  isWhollyWithdrawn,
  revocationOutcome,
  roleOf,
  type ShareAction,
  shareActions,
  statusFor,
} from './query.ts';
import { type ExistingShare, type GivenShare, isGiven, type ShareState } from './state.ts';
import { evolveSummary, type ShareSummary } from './summary.ts';

/** For `RequestShare`: the connection it names. */
export interface RequestFacts {
  readonly connection: ConnectionState;
}

/** For `ApproveShare`: the other party, the deployment's window, and what the selection comes to (R-A2, R-A3). */
export interface ApprovalFacts {
  readonly requesterKind: AccountKind;
  readonly window: RevocationWindow;
  /** How many installations of the selection may be shared. */
  readonly shareable: number;
  readonly leftOut: readonly LeftOut[];
}

/** For `ProcessShare`: those of the step's `namedTargets` that exist and are the requester's own. */
export interface ProcessingFacts {
  readonly targets: ReadonlyMap<string, PlacingTarget>;
}

/** What a decision needs to know of other streams; the other commands need nothing. */
export type ShareFacts = RequestFacts | ApprovalFacts | ProcessingFacts | undefined;

export const MAX_NAME_LENGTH = 200;
export const MAX_EXPLANATION_LENGTH = 2000;
export const MAX_SELECTION = 5000;

/** Given for a job, not for good: revocable at any time, and the only types with a document identity (R-A4). */
const TEMPORARY: readonly AccessType[] = ['subcontractor', 'on-loan'];

/** Requests to exchange one set of data over one connection; streams `share-<share id>`. */
export const share: Decider<ShareState, ShareCommand, ShareEvent, ShareFacts> = {
  category: 'share',
  initial: { status: 'none' },
  evolve,
  decide(command, state, facts) {
    switch (command.type) {
      case 'RequestShare':
        return request(command, state, facts);
      case 'CancelShare':
        return cancel(command, state);
      case 'RejectShare':
        return reject(command, state);
      case 'ApproveShare':
        return approve(command, state, facts);
      case 'ProcessShare':
        return processStep(command, state, facts);
      case 'FinishShare':
        return finish(command, state);
      case 'RevokeShare':
        return revoke(command, state);
      case 'StartPreparation':
        return startPreparation(command, state);
      case 'CollectPackageBatch':
        return collectBatch(command, state);
      case 'CompletePackage':
        return completePackage(command, state);
      case 'RecordPlacedItems':
        return recordPlaced(command, state);
      case 'CompleteStep':
        return completeStep(command, state);
      case 'RecordWithdrawnItems':
        return recordWithdrawn(command, state);
      case 'CancelForEndedConnection':
        return cancelForEndedConnection(command, state);
      default:
        return unreachable(command);
    }
  },
};

function request({ actor, data, now }: RequestShare, state: ShareState, facts: ShareFacts): ShareEvent[] {
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
  if (data.name.trim() === '' || data.name.length > MAX_NAME_LENGTH) {
    throw impossible('name-length', `A name has 1 to ${MAX_NAME_LENGTH} characters.`);
  }
  if (data.explanation !== undefined && data.explanation.length > MAX_EXPLANATION_LENGTH) {
    throw impossible(
      'explanation-length',
      `An explanation has at most ${MAX_EXPLANATION_LENGTH} characters.`,
    );
  }
  return [{ type: 'ShareRequested', data: { ...data, requester, provider, requestedAt: now } }];
}

function cancel(command: CancelShare, state: ShareState): ShareEvent[] {
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

function reject(command: RejectShare, state: ShareState): ShareEvent[] {
  const asked = bySide('reject', command, state);
  if (asked.status === 'rejected') return [];
  requirePossible('reject', command, asked);
  return [{ type: 'ShareRejected', data: { ...command.data, rejectedAt: command.now } }];
}

function approve(command: ApproveShare, state: ShareState, facts: ShareFacts): ShareEvent[] {
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
  const { requesterKind, window, shareable, leftOut } = known(facts, 'requesterKind');
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

function processStep(command: ProcessShare, state: ShareState, facts: ShareFacts): ShareEvent[] {
  const { id: stepId, data, now } = command;
  const asked = bySide('process', command, state);
  if (isGiven(asked) && (asked.steps.has(stepId) || declinesNothingNew(data, asked))) return [];
  const given = requirePossible('process', command, asked);
  checkStep(data, given, known(facts, 'targets').targets, standingFor(command, given.summary));

  const { shareId, referenceStyle, customers = [], locations = [], installations, decline = [] } = data;
  const events: ShareEvent[] = [];
  if (takesOver(data)) {
    events.push({
      type: 'ShareProcessingConfirmed',
      data: { shareId, stepId, referenceStyle, customers, locations, installations: installations.length },
    });
    for (const [batch, confirmed] of inBatches(installations, ITEMS_PER_EVENT).entries()) {
      events.push({
        type: 'ShareInstallationsConfirmed',
        data: { shareId, stepId, batch, installations: confirmed },
      });
    }
  }
  events.push(
    ...declined(
      given,
      decline.filter((id) => given.items.get(id)?.status === 'offered'),
    ),
  );
  return withProcessed(events, given, now);
}

/** Whether a step has anything to import; one that only declines is over at once. */
function takesOver({ customers = [], locations = [], installations }: ProcessShare['data']): boolean {
  return customers.length + locations.length + installations.length > 0;
}

function declinesNothingNew(step: ProcessShare['data'], { items }: GivenShare): boolean {
  const { decline = [] } = step;
  if (takesOver(step) || decline.length === 0) return false;
  return decline.every((installationId) => items.get(installationId)?.status === 'declined');
}

function finish(command: FinishShare, state: ShareState): ShareEvent[] {
  const asked = bySide('finish', command, state);
  const nothingOffered = asked.status === 'available' && asked.summary.counts.offered === 0;
  if (asked.status === 'processed' || nothingOffered) return [];
  const given = requirePossible('finish', command, asked);
  const offered = [...given.items].filter(([, item]) => item.status === 'offered').map(([id]) => id);
  return withProcessed(declined(given, offered), given, command.now);
}

function revoke(command: RevokeShare, state: ShareState): ShareEvent[] {
  const { data, actor, now } = command;
  const { shareId, installations: named, reason } = data;
  const asked = bySide('revoke', command, state);
  if (isGiven(asked)) requireItems(named ?? [], asked, standingFor(command, asked.summary));
  if (isGiven(asked) && withdrawsNothingNew(named, asked)) return [];
  const given = requirePossible('revoke', command, asked);

  const { withdrawn, retained } = revocationOutcome(given, named, now);
  const beforeAvailable = given.status === 'approved' || given.status === 'preparing';
  const wholeShare = beforeAvailable && named === undefined;
  if (withdrawn.length === 0 && !wholeShare) throw windowClosed(command, given.summary);

  const said = reason !== undefined && { reason };
  const cause = { kind: 'revoked', account: actor.account, shareId, ...said } as const;
  const events: ShareEvent[] = withdrawnBecause(given, withdrawn, cause, now);
  if (wholeShare || isWhollyWithdrawn(after(events, given))) {
    const outcome = { shareId, withdrawn: withdrawn.length, ...said, revokedAt: now };
    return [...events, { type: 'ShareRevoked', data: outcome }];
  }
  const outcome = {
    shareId,
    withdrawn: withdrawn.length,
    retained: retained.length,
    ...said,
    revokedAt: now,
  };
  return withProcessed([...events, { type: 'SharePartlyRevoked', data: outcome }], given, now);
}

/** Whether all it is about was withdrawn before: revoking that again changes nothing. */
function withdrawsNothingNew(named: readonly string[] | undefined, { status, items }: GivenShare): boolean {
  if (named === undefined) return status === 'revoked';
  return named.every((installationId) => items.get(installationId)?.status === 'withdrawn');
}

function startPreparation(command: StartPreparation, state: ShareState): ShareEvent[] {
  const existing = requireExisting(state);
  if (isGiven(existing) && existing.status !== 'approved') return [];
  if (!isGiven(existing)) throw notNow('share-not-approved', command, existing.summary);
  return [{ type: 'SharePreparationStarted', data: { shareId: command.data.shareId } }];
}

function collectBatch(command: CollectPackageBatch, state: ShareState): ShareEvent[] {
  const { data } = command;
  const existing = requireExisting(state);
  if (!isGiven(existing)) throw notNow('share-not-preparing', command, existing.summary);
  if (existing.status === 'revoked' || data.batch < existing.collection.batches) return [];
  if (existing.status !== 'preparing') throw notNow('share-not-preparing', command, existing.summary);
  if (data.batch > existing.collection.batches || isCollected(existing)) {
    throw notNow('batch-out-of-order', command, existing.summary);
  }
  if (data.items.length > ITEMS_PER_EVENT || data.leftOut.length > ITEMS_PER_EVENT) {
    throw impossible('batch-too-large', `A batch has at most ${ITEMS_PER_EVENT} items.`);
  }
  // A thing that moved while the package was collected is met twice; it stays as it was frozen first.
  const seen = new Set(existing.items.keys());
  const items = data.items
    .filter(({ installationId }) => seen.size < seen.add(installationId).size)
    .map((item) => withinLevel(existing.level, item));
  return [{ type: 'SharePackageBatchCollected', data: { ...data, items } }];
}

function completePackage(command: CompletePackage, state: ShareState): ShareEvent[] {
  const { data, now } = command;
  const existing = requireExisting(state);
  if (!isGiven(existing) || existing.status === 'approved') {
    throw notNow('share-not-preparing', command, existing.summary);
  }
  if (existing.status !== 'preparing') return [];
  if (!isCollected(existing)) throw notNow('package-incomplete', command, existing.summary);
  const { counts, leftOut } = existing.summary;
  const { shareId } = data;
  const events: ShareEvent[] = [
    {
      type: 'SharePackageCompleted',
      data: { shareId, items: counts.total, leftOut, availableAt: now },
    },
  ];
  return isWhollyWithdrawn(after(events, existing))
    ? [...events, { type: 'ShareRevoked', data: { shareId, withdrawn: counts.withdrawn, revokedAt: now } }]
    : withProcessed(events, existing, now);
}

function recordPlaced(command: RecordPlacedItems, state: ShareState): ShareEvent[] {
  const { shareId, stepId, installations, placedAt } = command.data;
  const given = requireStep(command, state);
  requireItems(installations, given, standingFor(command, given.summary));
  const placing = new Set<string>();
  for (const installationId of installations) {
    const item = given.items.get(installationId);
    // What was revoked in the meantime stays withdrawn: its grant is withdrawn or blocked where it lives.
    if (item?.status === 'placed' || item?.status === 'withdrawn') continue;
    if (item?.status !== 'confirmed' || item.stepId !== stepId) {
      throw notNow('item-not-confirmed', command, given.summary);
    }
    placing.add(installationId);
  }
  return inBatches([...placing], ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsPlaced',
    data: { shareId, stepId, installations: batch, placedAt },
  }));
}

function completeStep(command: CompleteStep, state: ShareState): ShareEvent[] {
  const { shareId, stepId } = command.data;
  const given = requireStep(command, state);
  if (given.steps.get(stepId) === 'imported' || given.status === 'revoked') return [];
  if (!confirmedIn(given, stepId).next().done) throw notNow('step-not-placed', command, given.summary);
  return withProcessed([{ type: 'ShareStepImported', data: { shareId, stepId } }], given, command.now);
}

/**
 * What ended for a cause outside this share is no revocation by its giver: the share is not called partly revoked,
 * its counts and items tell. Items that are not here, or ended already, are passed over.
 */
function recordWithdrawn(command: RecordWithdrawnItems, state: ShareState): ShareEvent[] {
  const { data, now } = command;
  const existing = requireExisting(state);
  if (!isGiven(existing)) return [];
  const ended = [...new Set(data.installations)].filter((installationId) => {
    const item = existing.items.get(installationId);
    return item !== undefined && isLiveOrOffered(item);
  });
  const events: ShareEvent[] = withdrawnBecause(existing, ended, data.cause, now);
  if (events.length === 0 || !isWhollyWithdrawn(after(events, existing))) {
    return withProcessed(events, existing, now);
  }
  const { shareId, cause } = data;
  const said = cause.reason !== undefined && { reason: cause.reason };
  return [
    ...events,
    { type: 'ShareRevoked', data: { shareId, withdrawn: ended.length, ...said, revokedAt: now } },
  ];
}

function cancelForEndedConnection({ data, now }: CancelForEndedConnection, state: ShareState): ShareEvent[] {
  if (requireExisting(state).status !== 'requested') return [];
  return [
    {
      type: 'ShareCancelled',
      data: { shareId: data.shareId, cause: 'connection-ended', cancelledAt: now },
    },
  ];
}

function declined(given: GivenShare, installations: readonly string[]): ShareEvent[] {
  const { shareId } = given.summary;
  return inBatches(installations, ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsDeclined',
    data: { shareId, installations: batch },
  }));
}

function withdrawnBecause(
  given: GivenShare,
  installations: readonly string[],
  cause: ShareItemsWithdrawn['data']['cause'],
  withdrawnAt: Instant,
): ShareItemsWithdrawn[] {
  const { shareId } = given.summary;
  return inBatches(installations, ITEMS_PER_EVENT).map((batch) => ({
    type: 'ShareItemsWithdrawn',
    data: { shareId, installations: batch, from: formerStates(given, batch), cause, withdrawnAt },
  }));
}

function formerStates(given: GivenShare, installations: readonly string[]): WithdrawnFrom {
  let offered = 0;
  let placing = 0;
  const placed = new Map<Instant, number>();
  for (const installationId of installations) {
    const item = given.items.get(installationId);
    if (item?.status === 'placed') placed.set(item.placedAt, (placed.get(item.placedAt) ?? 0) + 1);
    else if (item?.status === 'confirmed') placing += 1;
    else offered += 1;
  }
  return { offered, placing, placed: Array.from(placed, ([placedAt, count]) => ({ placedAt, count })) };
}

/** The share as it will read once `events` are recorded. */
function after(events: readonly ShareEvent[], given: GivenShare): ShareSummary {
  return events.reduce<ShareSummary>(evolveSummary, given.summary);
}

/** With `ShareProcessed` at the end, when the events leave nothing to be decided on or imported (R-S9). */
function withProcessed(events: ShareEvent[], given: GivenShare, now: Instant): ShareEvent[] {
  if (events.length === 0 || !isFullyProcessed(after(events, given))) return events;
  const { shareId } = given.summary;
  return [...events, { type: 'ShareProcessed', data: { shareId, processedAt: now } }];
}

/** The facts of the kind that has `key`; asked for only where the decision comes to need them. */
function known<Key extends string>(facts: ShareFacts, key: Key): Extract<ShareFacts, Record<Key, unknown>> {
  if (facts === undefined || !(key in facts)) throw new Error(`The decision needs to know: ${key}.`);
  return facts as Extract<ShareFacts, Record<Key, unknown>>;
}

/** What a refusal says of the share, as the caller may read it (R-S10). */
function standingFor({ actor, now }: ShareCommand, summary: ShareSummary): RefusalOptions {
  return {
    currentStatus: statusFor(summary, actor.account),
    allowedActions: allowedActions(summary, actor, now),
  };
}

/** A conflict with what the share has come to. */
function notNow(code: string, command: ShareCommand, summary: ShareSummary) {
  return conflict(
    code,
    `A share that is ${summary.status} does not allow this now.`,
    standingFor(command, summary),
  );
}

function windowClosed(command: ShareCommand, summary: ShareSummary) {
  const detail = 'Nothing of this can be revoked any more.';
  return conflict('revocation-window-closed', detail, standingFor(command, summary));
}

function requireExisting(state: ShareState): ExistingShare {
  if (state.status === 'none') throw notFound('share');
  return state;
}

const OTHER_SIDE: Readonly<Record<ShareAction, string>> = {
  approve: 'not-the-provider',
  reject: 'not-the-provider',
  cancel: 'not-the-requester',
  process: 'not-the-requester',
  finish: 'not-the-requester',
  revoke: 'not-the-giver',
};

/**
 * The share, if the action is the caller's side's to take.
 * @throws Refusal `not-found` to whoever is no party (R-S10)
 */
function bySide(action: ShareAction, command: ShareCommand, state: ShareState): ExistingShare {
  const existing = requireExisting(state);
  const side = roleOf(existing.summary, command.actor.account);
  if (side === undefined) throw notFound('share');
  if (side !== shareActions[action].side) {
    const detail = `This is for the ${shareActions[action].side} of the share to do.`;
    throw conflict(OTHER_SIDE[action], detail, standingFor(command, existing.summary));
  }
  return existing;
}

const NOT_POSSIBLE: Readonly<Record<ShareAction, string>> = {
  approve: 'share-not-requested',
  reject: 'share-not-requested',
  cancel: 'share-not-requested',
  process: 'share-not-available',
  finish: 'share-not-available',
  revoke: 'share-not-approved',
};

/** The share, if its state allows the action now; judged by the same rule that lists the action (R-S1). */
function requirePossible(
  action: 'process' | 'finish' | 'revoke',
  command: ShareCommand,
  share: ExistingShare,
): GivenShare;
function requirePossible(action: ShareAction, command: ShareCommand, share: ExistingShare): ExistingShare;
function requirePossible(action: ShareAction, command: ShareCommand, share: ExistingShare): ExistingShare {
  if (shareActions[action].possible(share.summary, command.now)) return share;
  if (action === 'revoke' && isGiven(share)) throw windowClosed(command, share.summary);
  throw notNow(NOT_POSSIBLE[action], command, share.summary);
}

/** @throws Refusal `item-not-in-share`, naming each that is not */
function requireItems(installations: readonly string[], given: GivenShare, standing: RefusalOptions): void {
  const unknown = installations.filter((installationId) => !given.items.has(installationId));
  if (unknown.length === 0) return;
  const code = 'item-not-in-share';
  const detail = 'There is no such installation in this share.';
  throw impossible(code, detail, {
    ...standing,
    errors: unknown.map((installationId) => ({ pointer: installationId, code, detail })),
  });
}

/** @throws Refusal `step-not-in-share` */
function requireStep(command: RecordPlacedItems | CompleteStep, state: ShareState): GivenShare {
  const existing = requireExisting(state);
  if (isGiven(existing) && existing.steps.has(command.data.stepId)) return existing;
  throw impossible(
    'step-not-in-share',
    'No such step was confirmed.',
    standingFor(command, existing.summary),
  );
}
