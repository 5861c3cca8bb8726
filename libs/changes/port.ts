import type { ChangeType, SubjectKind } from '#contracts';
import type { Instant, Role } from '#domain/kernel';
import type { JsonObject, Position } from '#event-store';
import type { Counterparty } from '#projections/accounts';

/** The actor: the account, and for its own members and for platform services also the person. */
export interface ChangeActor {
  readonly account: Counterparty;
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; only together with the person. */
  readonly service?: string;
}

/** The subject of a change. */
export interface ChangeSubject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** Something that happened, as far as its reader may see it. */
export interface ChangeView {
  /** The same for all readers, at each read. */
  readonly id: string;
  readonly time: Instant;
  readonly type: ChangeType;
  readonly subject: ChangeSubject;
  readonly actor: ChangeActor;
  /** What happened, for people. */
  readonly sentence: string;
  readonly data: JsonObject;
  /** The accounts that it concerns; only in the scope `everyone`. */
  readonly accounts?: readonly string[];
}

/** A change and its position in the log, after which its reader continues. */
export interface PlacedChange {
  readonly position: Position;
  readonly change: ChangeView;
  /** The trace in which it was recorded. */
  readonly traceparent?: string;
}

/**
 * Whose changes: those that concern one account, as it may see them; everyone's, for the platform's own services and
 * for auditors; or those of the list of companies, for operators, without the persons who made them.
 */
export type ChangeScope = { readonly account: string } | 'everyone' | 'companies';

export interface ChangeSelection {
  readonly of: ChangeScope;
  /** Only these; every type where absent. */
  readonly types?: ReadonlySet<ChangeType>;
  /** Only changes of the thing with this id. */
  readonly subject?: string;
}

export interface ChangePage {
  /** Oldest first. */
  readonly items: readonly PlacedChange[];
  /** The page covers the selection up to here: the next one starts after it. */
  readonly upTo: Position;
  /** There was nothing more to read. */
  readonly caughtUp: boolean;
}

export interface WaitOptions {
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal;
}

/**
 * The changes, for readers that keep a position: in the order of the log, each once, and none left
 * out, also after the views were rebuilt, and in every process.
 */
export interface Changes {
  /**
   * The selection's changes after a position. A page may be short, or empty, while there is more: only
   * `upTo` and `caughtUp` say so.
   * @param limit how many at most
   * @throws ViewStoreUnavailable
   * @throws EventStoreUnavailable
   */
  read(after: Position, limit: number, selection: ChangeSelection): Promise<ChangePage>;
  /**
   * Resolves as soon as there may be something to read after the position, or after the time-out. Returns the position
   * to read after: the one given, or a later one where nothing in between is in the scope.
   */
  wait(after: Position, of: ChangeScope, options: WaitOptions): Promise<Position>;
  /** The position of now: everything that has happened so far is up to it. */
  now(): Promise<Position>;
  /** Whether the log has reached that position. */
  isReached(position: Position): Promise<boolean>;
}
