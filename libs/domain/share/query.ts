import { mayRevokeAt, revocableUntil as placementRevocableUntil } from '#domain/installation';
import { type Instant, ITEMS_PER_EVENT } from '#domain/kernel';
import type { ProcessShare } from './commands.ts';
import type { CustomerTarget, ItemWithdrawalCause, LocationTarget } from './events.ts';
import { type ItemState, type ShareContents, type ShareState, wasApproved } from './state.ts';
import type { ItemCounts, ShareStatus, ShareSummary } from './summary.ts';

/** Which side of a share an account is on. */
export type ShareSide = 'requester' | 'provider';

/** A share's status, as one party reads it. */
export type PartyStatus = ShareStatus | 'to-evaluate';

type Parties = Pick<ShareSummary, 'requester' | 'provider'>;

/** The account's side; `undefined` for an account that is not a party. */
export function sideOf(summary: Parties, account: string): ShareSide | undefined {
  if (account === summary.requester) return 'requester';
  return account === summary.provider ? 'provider' : undefined;
}

/** The status as `account` reads it: what the requester reads as `requested`, the provider is `to-evaluate` (R-S1). */
export function statusFor(summary: Parties & Pick<ShareSummary, 'status'>, account: string): PartyStatus {
  const evaluates = summary.status === 'requested' && sideOf(summary, account) === 'provider';
  return evaluates ? 'to-evaluate' : summary.status;
}

/** Whether it may still be approved, rejected or cancelled (R-S4, R-S5). */
export function awaitsEvaluation(summary: ShareSummary): boolean {
  return summary.status === 'requested';
}

/** Whether an approved share is over as a whole: no access comes from it any more. */
export function hasEnded({ status }: ShareSummary): boolean {
  return status === 'revoked' || status === 'expired';
}

/** Whether there is anything left to take over or to decline (R-P1, R-S9). */
export function hasItemsOnOffer(summary: ShareSummary): boolean {
  return summary.status === 'available' && summary.counts.offered > 0;
}

/** Whether anything of it may be revoked at `now` (R-V2, R-V3). */
export function isRevocable(summary: ShareSummary, now: Instant): boolean {
  return revocableUntil(summary, now) !== undefined;
}

/** Whether every item has been decided on and every confirmed step imported (R-S9). */
export function isFullyProcessed({ status, counts, steps }: ShareSummary): boolean {
  return status === 'available' && yetToBePlaced(counts) === 0 && steps.confirmed === steps.done;
}

/** Whether none of the given items is live or offered any more (R-V3). */
export function isWhollyWithdrawn({ status, counts }: ShareSummary): boolean {
  const complete = status === 'available' || status === 'processed';
  return complete && counts.withdrawn > 0 && yetToBePlaced(counts) === 0 && counts.placed === 0;
}

/**
 * Until when anything of the share may still be revoked: `any-time` while something is yet to be placed,
 * `undefined` when nothing may be revoked at `now` (R-V2).
 */
export function revocableUntil(summary: ShareSummary, now: Instant): Instant | 'any-time' | undefined {
  const { status, counts, terms, placements } = summary;
  if (terms === undefined || hasEnded(summary)) return undefined;
  if (status === 'approved' || status === 'preparing' || yetToBePlaced(counts) > 0) return 'any-time';
  const ends = placements
    .filter(({ placedAt }) => mayRevokeAt(terms, placedAt, now))
    .map(({ placedAt }) => placementRevocableUntil(terms, placedAt));
  if (ends.includes('any-time')) return 'any-time';
  return ends
    .filter((end) => end !== 'any-time')
    .sort()
    .at(-1);
}

function yetToBePlaced(counts: ItemCounts): number {
  return counts.offered + counts.placing;
}

/** The counts as the parties read them: what is confirmed is offered until it is placed. */
export function itemCounts({ counts }: Pick<ShareSummary, 'counts'>): Omit<ItemCounts, 'placing'> {
  const { placing, ...rest } = counts;
  return { ...rest, offered: rest.offered + placing };
}

/** The open work of processes for a share: its package, or the import of confirmed steps (R-S7, R-P1). */
export function workUnderWay({ status, steps }: ShareSummary): 'preparing' | 'importing' | undefined {
  if (status === 'approved' || status === 'preparing') return 'preparing';
  return status === 'available' && steps.confirmed > steps.done ? 'importing' : undefined;
}

export interface ShareProgress {
  readonly phase: 'preparing' | 'importing';
  readonly done: number;
  readonly of: number;
}

/** How far the background work on the share is; `undefined` when there is none (R-S7, R-P1). */
export function progressOf({ status, preparation, counts, steps }: ShareSummary): ShareProgress | undefined {
  if (status === 'preparing') {
    return { phase: 'preparing', done: preparation?.collected ?? 0, of: preparation?.candidates ?? 0 };
  }
  if (status !== 'available' || steps.confirmed === steps.done) return undefined;
  return { phase: 'importing', done: steps.installations - counts.placing, of: steps.installations };
}

/**
 * Whether the account may know what the provider's selection held beside the package, such as what was left out and why:
 * only the provider may (R-A2).
 */
export function mayKnowLeftOut(summary: Pick<ShareSummary, 'provider'>, account: string): boolean {
  return account === summary.provider;
}

/**
 * The progress as `account` reads it. A party that may not know the size of the selection reads the preparation in per
 * cent.
 */
export function progressFor(summary: ShareSummary, account: string): ShareProgress | undefined {
  const progress = progressOf(summary);
  if (progress?.phase !== 'preparing' || mayKnowLeftOut(summary, account)) return progress;
  const { phase, done, of } = progress;
  return { phase, done: of === 0 ? 0 : Math.floor((100 * done) / of), of: 100 };
}

/** An installation that its holder keeps, why, and since when. */
export interface RetainedItem {
  readonly installationId: string;
  readonly code: 'revocation-window-closed';
  readonly since: Instant;
}

export interface RevocationOutcome {
  readonly withdrawn: readonly string[];
  readonly retained: readonly RetainedItem[];
}

/**
 * What revoking would do at `now`, without doing it (R-V3, R-V6): to the whole share, or to the installations named.
 * Named ones that are not in the share, or no longer give access, are neither withdrawn nor retained.
 */
export function revocationOutcome(
  state: ShareState,
  installations: readonly string[] | undefined,
  now: Instant,
): RevocationOutcome {
  const withdrawn: string[] = [];
  const retained: RetainedItem[] = [];
  for (const item of revocationOutcomes(state, installations, now)) {
    if (typeof item === 'string') withdrawn.push(item);
    else retained.push(item);
  }
  return { withdrawn, retained };
}

/** The same item by item, for callers that must not process all of them at once: withdrawn items by their id alone. */
export function* revocationOutcomes(
  state: ShareState,
  installations: readonly string[] | undefined,
  now: Instant,
): Generator<string | RetainedItem> {
  if (!wasApproved(state)) return;
  const { items } = state.contents;
  const { terms } = state.summary;
  for (const installationId of installations === undefined ? items.keys() : new Set(installations)) {
    const item = items.get(installationId);
    if (item === undefined || !isLiveOrOffered(item)) continue;
    const placedAt = item.status === 'placed' ? item.placedAt : undefined;
    if (mayRevokeAt(terms, placedAt, now)) {
      yield installationId;
    } else {
      const since = placementRevocableUntil(terms, placedAt);
      yield { installationId, code: 'revocation-window-closed', since };
    }
  }
}

/** Whether access that ended for this cause was ended by its own share, which then withdraws it on the installations. */
export function isByItsShare(kind: ItemWithdrawalCause['kind']): kind is 'revoked' | 'expired' {
  return kind === 'revoked' || kind === 'expired';
}

/** Whether the item gives access, or may yet do so. */
export function isLiveOrOffered(item: ItemState): boolean {
  return item.status !== 'declined' && item.status !== 'withdrawn';
}

/** The next action of the preparing process. */
export type PreparationAction =
  | { readonly kind: 'start' }
  /** No cursor: from the beginning. */
  | { readonly kind: 'collect'; readonly batch: number; readonly cursor?: string }
  | { readonly kind: 'complete' }
  | { readonly kind: 'none' };

/** The next action of preparing after any crash: it follows from recorded state alone (R-S7). */
export function nextPreparationAction(state: ShareState): PreparationAction {
  if (!wasApproved(state)) return { kind: 'none' };
  const { summary, contents } = state;
  if (summary.status === 'approved') return { kind: 'start' };
  if (summary.status !== 'preparing') return { kind: 'none' };
  if (isCollected(contents)) return { kind: 'complete' };
  const { batches: batch, cursor } = contents.collection;
  return { kind: 'collect', batch, ...(cursor !== undefined && { cursor }) };
}

/** Whether the last batch of the package is recorded: it has no cursor for a next one. */
export function isCollected({ collection }: ShareContents): boolean {
  return collection.batches > 0 && collection.cursor === undefined;
}

/** The steps still to be imported, in the order they were confirmed; none once the share is revoked (R-P1). */
export function openSteps(state: ShareState): string[] {
  if (!wasApproved(state) || state.summary.status !== 'available') return [];
  return [...state.contents.steps]
    .filter(([, progress]) => progress === 'importing')
    .map(([stepId]) => stepId);
}

/** The next action of the importing process for a step. */
export type StepAction =
  | { readonly kind: 'place'; readonly installations: readonly string[] }
  | { readonly kind: 'complete' }
  | { readonly kind: 'none' };

/** The step's next batch of installations to be placed, at most `limit`; then its completion. */
export function nextStepAction(state: ShareState, stepId: string, limit = ITEMS_PER_EVENT): StepAction {
  if (!wasApproved(state) || !openSteps(state).includes(stepId)) return { kind: 'none' };
  const installations: string[] = [];
  for (const installationId of confirmedIn(state.contents, stepId)) {
    if (installations.push(installationId) === limit) break;
  }
  return installations.length > 0 ? { kind: 'place', installations } : { kind: 'complete' };
}

/** The step's installations that are not placed yet. */
export function* confirmedIn({ items }: ShareContents, stepId: string): Generator<string> {
  for (const [installationId, item] of items) {
    if (item.status === 'confirmed' && item.stepId === stepId) yield installationId;
  }
}

/** An entry of the requester's own that a step names as a target. */
export interface NamedTarget {
  /** JSON pointer into the command's data. */
  readonly pointer: string;
  readonly kind: 'customer' | 'location' | 'building' | 'installation';
  readonly id: string;
}

/** The requester's own customer that a customer of a package becomes, newly created or existing. */
export function customerIdOf(target: CustomerTarget): string {
  return 'create' in target ? target.create : target.customerId;
}

/** The requester's own location that a location of a package becomes, newly created or existing. */
export function locationIdOf(target: LocationTarget): string {
  return 'create' in target ? target.create : target.locationId;
}

/** Every target a step names, to be looked up before it is decided on (R-P2). */
export function namedTargets(step: ProcessShare['data']): NamedTarget[] {
  const named: NamedTarget[] = [];
  const name = (kind: NamedTarget['kind'], id: string | undefined, pointer: string) => {
    if (id !== undefined) named.push({ kind, id, pointer });
  };
  for (const [index, { target }] of (step.customers ?? []).entries()) {
    if ('customerId' in target) name('customer', target.customerId, `/customers/${index}/target/customerId`);
  }
  for (const [index, { target }] of (step.locations ?? []).entries()) {
    const pointer = `/locations/${index}/target`;
    if ('locationId' in target) name('location', target.locationId, `${pointer}/locationId`);
    else name('customer', target.customerId, `${pointer}/customerId`);
  }
  for (const [index, { target, replaces }] of step.installations.entries()) {
    const pointer = `/installations/${index}/target`;
    if ('buildingId' in target) name('building', target.buildingId, `${pointer}/buildingId`);
    if ('locationId' in target) name('location', target.locationId, `${pointer}/locationId`);
    if ('newBuilding' in target) {
      name('location', target.newBuilding.locationId, `${pointer}/newBuilding/locationId`);
    }
    name('installation', replaces, `/installations/${index}/replaces`);
  }
  return named;
}
