import type { ChangeType, SubjectKind } from '#contracts';
import type { Instant, Role } from '#domain/kernel';
import type { JsonObject, Position } from '#event-store';
import type { Counterparty } from '#projections/accounts';

/** Who did something: the account, and for its own members and for platform services the person. */
export interface ChangeActor {
  readonly account: Counterparty;
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; for those who are told the person. */
  readonly service?: string;
}

/** What a change is about. */
export interface ChangeSubject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** Something that happened, as far as the one who is told may know of it. */
export interface ChangeView {
  /** The same for everyone who is told of it, each time they are. */
  readonly id: string;
  readonly time: Instant;
  readonly type: ChangeType;
  readonly subject: ChangeSubject;
  readonly actor: ChangeActor;
  /** What happened, for people. */
  readonly sentence: string;
  readonly data: JsonObject;
  /** Whom it concerns; told to those who are told everyone's. */
  readonly accounts?: readonly string[];
}

/** A change and its place in the log: whoever has seen it goes on after there. */
export interface PlacedChange {
  readonly position: Position;
  readonly change: ChangeView;
  /** Where in a trace it was recorded. */
  readonly traceparent?: string;
}

/**
 * Whose changes: those that concern one account, as it may know them; everyone's, for the platform's own services and
 * for auditors; or those of which companies there are, for operators, without the persons who made them.
 */
export type Followed = { readonly account: string } | 'everyone' | 'companies';

export interface ChangeSelection {
  readonly of: Followed;
  /** Only these; every type where absent. */
  readonly types?: ReadonlySet<ChangeType>;
  /** Only what is about the thing of this id. */
  readonly subject?: string;
}

export interface ChangePage {
  /** Oldest first. */
  readonly items: readonly PlacedChange[];
  /** Nothing else of the selection is between where the page began and here: one goes on after it. */
  readonly upTo: Position;
  /** Nothing more could be read behind it. */
  readonly caughtUp: boolean;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/**
 * What happened, to be followed by whoever keeps a position: in the order of the log, each change once, and none left
 * out, also after the views were built anew and by whichever process it is asked.
 */
export interface Changes {
  /**
   * The selection's changes after a position. A page may be short, or empty, while there is more: what counts is
   * `upTo`, and `caughtUp`.
   * @param limit how many at most
   * @throws ViewStoreUnavailable
   * @throws EventStoreUnavailable
   */
  read(after: Position, limit: number, selection: ChangeSelection): Promise<ChangePage>;
  /**
   * Resolves as soon as there may be something to read after the position, or when time is up. It gives the position
   * to read after: the one given, or a later one where nothing concerns those followed in between.
   */
  wait(after: Position, of: Followed, options: WaitOptions): Promise<Position>;
  /** From here on: everything that has happened by now is before it. */
  now(): Promise<Position>;
  /** Whether the log has come to that position. */
  isReached(position: Position): Promise<boolean>;
}
