import { conflict, impossible, notFound, type Refusal, type RefusalOptions } from '#domain/kernel';
import type { CompleteStep, RecordPlacedItems, ShareCommand } from './commands.ts';
import {
  allowedActions,
  type RetainedItem,
  roleOf,
  type ShareAction,
  shareActions,
  statusFor,
} from './query.ts';
import { type ExistingShare, type GivenShare, isGiven, type ShareState } from './state.ts';
import type { ShareSummary } from './summary.ts';

/** Who asks for something, and when. */
export type Asking = Pick<ShareCommand, 'actor' | 'now'>;

/** What a refusal says of the share, as the caller may read it (R-S10). */
export function standingFor({ actor, now }: Asking, summary: ShareSummary): RefusalOptions {
  return {
    currentStatus: statusFor(summary, actor.account),
    allowedActions: allowedActions(summary, actor, now),
  };
}

/** A conflict with what the share has come to. */
export function notNow(code: string, asking: Asking, summary: ShareSummary): Refusal {
  return conflict(
    code,
    `A share that is ${summary.status} does not allow this now.`,
    standingFor(asking, summary),
  );
}

/** Nothing revocable at all (R-V3), with what is retained where installations were named. */
export function windowClosed(
  asking: Asking,
  summary: ShareSummary,
  retained: readonly RetainedItem[] = [],
): Refusal {
  const detail = 'Nothing of this can be revoked any more.';
  const errors = retained.map(({ installationId, code, since }) => ({
    pointer: installationId,
    code,
    detail: `It could be revoked until ${since}.`,
  }));
  return conflict('revocation-window-closed', detail, {
    ...standingFor(asking, summary),
    ...(errors.length > 0 && { errors }),
  });
}

export function requireExisting(state: ShareState): ExistingShare {
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
export function bySide(action: ShareAction, asking: Asking, state: ShareState): ExistingShare {
  const existing = requireExisting(state);
  const side = roleOf(existing.summary, asking.actor.account);
  if (side === undefined) throw notFound('share');
  if (side !== shareActions[action].side) {
    const detail = `This is for the ${shareActions[action].side} of the share to do.`;
    throw conflict(OTHER_SIDE[action], detail, standingFor(asking, existing.summary));
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
export function requirePossible(
  action: 'process' | 'finish' | 'revoke',
  asking: Asking,
  share: ExistingShare,
): GivenShare;
export function requirePossible(action: ShareAction, asking: Asking, share: ExistingShare): ExistingShare;
export function requirePossible(action: ShareAction, asking: Asking, share: ExistingShare): ExistingShare {
  if (shareActions[action].possible(share.summary, asking.now)) return share;
  if (action === 'revoke' && isGiven(share)) throw windowClosed(asking, share.summary);
  throw notNow(NOT_POSSIBLE[action], asking, share.summary);
}

/** @throws Refusal `item-not-in-share`, naming each that is not */
export function requireItems(
  installations: readonly string[],
  given: GivenShare,
  standing: RefusalOptions,
): void {
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
export function requireStep(command: RecordPlacedItems | CompleteStep, state: ShareState): GivenShare {
  const existing = requireExisting(state);
  if (isGiven(existing) && existing.steps.has(command.data.stepId)) return existing;
  throw impossible(
    'step-not-in-share',
    'No such step was confirmed.',
    standingFor(command, existing.summary),
  );
}
