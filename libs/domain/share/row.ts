import type { Instant, Refusal, Role } from '#domain/kernel';
import type { ShareAction, ShareCommand } from './commands.ts';
import type { ShareEvent } from './events.ts';
import type { ShareFacts } from './facts.ts';
import type { ShareSide } from './query.ts';
import type { ExistingShare, ShareState } from './state.ts';
import type { ShareSummary } from './summary.ts';

/** Begins a share. */
export interface OpeningRow<C> {
  readonly kind: 'opening';
  readonly roles: readonly Role[];
  readonly decide: (command: C, state: ShareState, facts: ShareFacts) => readonly ShareEvent[];
}

/** A party's action on a share. What is listed as allowed and what is enforced both follow this row (R-S1). */
export interface ActionRow<C> {
  readonly kind: 'action';
  readonly action: ShareAction;
  /** The side that may take the action. */
  readonly side: ShareSide;
  readonly roles: readonly Role[];
  /** Whether the share allows it now. */
  readonly possible: (summary: ShareSummary, now: Instant) => boolean;
  /** The codes of refusals: to the other side, and while the action is not possible. */
  readonly refusals: { readonly otherSide: string; readonly notNow: string };
  /** A more specific refusal than the code of `notNow`, where there is one. */
  readonly refuseNow?: (command: C, share: ExistingShare) => Refusal;
  /** Whether the command's effect exists already: then repeating it changes nothing, whether possible or not. */
  readonly isDone: (command: C, share: ExistingShare) => boolean;
  /** Called only when the action is possible and not done. */
  readonly decide: (command: C, share: ExistingShare, facts: ShareFacts) => readonly ShareEvent[];
}

/** A command by which a process records something in a share. */
export interface RecordingRow<C> {
  readonly kind: 'recording';
  readonly roles: readonly ['system'];
  readonly decide: (command: C, share: ExistingShare) => readonly ShareEvent[];
}

/** Everything about one command of a share. */
export type CommandRow<C extends ShareCommand> = OpeningRow<C> | ActionRow<C> | RecordingRow<C>;
