import type { Instant, Refusal, Role } from '#domain/kernel';
import type { ShareAction, ShareCommand } from './commands.ts';
import type { ShareEvent } from './events.ts';
import type { ShareFacts } from './facts.ts';
import type { ShareSide } from './query.ts';
import type { ShareRefusals } from './refusals.ts';
import type { ExistingShare, ShareState } from './state.ts';
import type { ShareSummary } from './summary.ts';

/** Begins a share. */
export interface OpeningRow<C> {
  readonly kind: 'opening';
  readonly roles: readonly Role[];
  readonly decide: (command: C, state: ShareState, facts: ShareFacts) => readonly ShareEvent[];
}

/** A party's action on a share. What is listed as allowed and what is enforced both go by this row (R-S1). */
export interface ActionRow<C> {
  readonly kind: 'action';
  readonly action: ShareAction;
  /** Whose action it is. */
  readonly side: ShareSide;
  readonly roles: readonly Role[];
  /** Whether the share allows it now. */
  readonly possible: (summary: ShareSummary, now: Instant) => boolean;
  /** The codes that refuse it to the other side, and while it is not possible. */
  readonly refusals: { readonly otherSide: string; readonly notNow: string };
  /** Refuses what is not possible with more than the code of `notNow`. */
  readonly refuseNow?: (command: C, share: ExistingShare, refusals: ShareRefusals) => Refusal;
  /** Whether all that is asked has been done before: asking again changes nothing, possible or not. */
  readonly isDone: (command: C, share: ExistingShare) => boolean;
  /** Asked only when the action is possible and not done. */
  readonly decide: (
    command: C,
    share: ExistingShare,
    refusals: ShareRefusals,
    facts: ShareFacts,
  ) => readonly ShareEvent[];
}

/** What one of the processes records on a share. */
export interface RecordingRow<C> {
  readonly kind: 'recording';
  readonly roles: readonly ['system'];
  readonly decide: (command: C, share: ExistingShare, refusals: ShareRefusals) => readonly ShareEvent[];
}

/** Everything about one command of a share. */
export type CommandRow<C extends ShareCommand> = OpeningRow<C> | ActionRow<C> | RecordingRow<C>;
