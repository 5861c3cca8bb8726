/** The kind of a refusal, which determines the HTTP status. */
export type RefusalKind = 'forbidden' | 'not-found' | 'conflict' | 'impossible';

/** One offending part of a refused command. */
export interface RefusalDetail {
  /** JSON pointer into the command's data, or the id of the thing concerned. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** The context of a refusal, as its caller may know it: the thing's status, and what the caller may do with it. */
export interface RefusalContext {
  readonly currentStatus?: string;
  readonly allowedActions?: readonly string[];
}

export interface RefusalOptions extends RefusalContext {
  readonly errors?: readonly RefusalDetail[];
}

/** A command the business rules refuse (R-S10). `code` is stable and names the rule; nothing is recorded. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly currentStatus: string | undefined;
  readonly allowedActions: readonly string[] | undefined;
  readonly errors: readonly RefusalDetail[] | undefined;

  constructor(
    readonly kind: RefusalKind,
    readonly code: string,
    detail: string,
    options: RefusalOptions = {},
  ) {
    super(detail);
    this.currentStatus = options.currentStatus;
    this.allowedActions = options.allowedActions;
    this.errors = options.errors;
  }

  /**
   * The same refusal in the context of the thing it is about (R-S10), unless it has one already: rules only name the
   * rule. What is not there, or not the caller's, has none.
   * @param context `undefined` where the caller may not know of the thing
   */
  inContext(context: RefusalContext | undefined): Refusal {
    const { kind, code, message, errors } = this;
    const isKnown = this.currentStatus !== undefined || this.allowedActions !== undefined;
    if (kind === 'not-found' || context === undefined || isKnown) return this;
    return new Refusal(kind, code, message, { ...context, ...(errors && { errors }) });
  }
}

/** It does not exist, or is another account's: both are answered alike, so that a stranger learns nothing (R-S10). */
export function notFound(what: string): Refusal {
  return new Refusal('not-found', 'not-found', `There is no such ${what}.`);
}

/** The caller's role does not allow it. */
export function forbidden(detail: string): Refusal {
  return new Refusal('forbidden', 'role-not-allowed', detail);
}

/** Not allowed in this state; `code` names the rule. */
export function conflict(code: string, detail: string, options?: RefusalOptions): Refusal {
  return new Refusal('conflict', code, detail, options);
}

/** Well-formed, but never possible. */
export function impossible(code: string, detail: string, options?: RefusalOptions): Refusal {
  return new Refusal('impossible', code, detail, options);
}

/** Closes an exhaustive switch: the compiler proves this is never reached. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
