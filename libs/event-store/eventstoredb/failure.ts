import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  TimeoutError,
  UnavailableError,
} from '@eventstore/db-client';
import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';

/**
 * What a failure means for the call: its effect is unknown until it is repeated; the server has
 * too much to do for the moment; or it was refused, and would be again.
 */
export type FailureKind = 'unanswered' | 'busy' | 'refused';

/** By gRPC's number of the status. */
const KINDS: Readonly<Record<number, FailureKind>> = {
  /** CANCELLED: the server is being shut down. */
  1: 'unanswered',
  /** UNKNOWN: also from a node that has lost its leader. */
  2: 'unanswered',
  /** INVALID_ARGUMENT */
  3: 'refused',
  /** DEADLINE_EXCEEDED: also of an append that is the same as one under way, which the server drops. */
  4: 'unanswered',
  /** NOT_FOUND */
  5: 'refused',
  /** ALREADY_EXISTS */
  6: 'refused',
  /** PERMISSION_DENIED */
  7: 'refused',
  /** RESOURCE_EXHAUSTED: too many calls at once. */
  8: 'busy',
  /** FAILED_PRECONDITION */
  9: 'refused',
  /** ABORTED: a write was not confirmed in time. */
  10: 'unanswered',
  /** OUT_OF_RANGE */
  11: 'refused',
  /** UNIMPLEMENTED: there is something else at this address. */
  12: 'refused',
  /** INTERNAL: also of a connection that broke. */
  13: 'unanswered',
  /** UNAVAILABLE */
  14: 'unanswered',
  /** DATA_LOSS */
  15: 'refused',
  /** UNAUTHENTICATED */
  16: 'refused',
};

/** The client's errors for these statuses do not always have the number. */
const WITHOUT_ANSWER = [
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
];
/** Errors of the client that have no status. */
const UNCONNECTED = /^(Failed to discover|Channel has been shut down)/;
/** A message over the size limit has the same status as too many calls. */
const OVERSIZED = /\b(larger than|exceeds the maximum)\b/;

/** The kind of a call's failure; `undefined` for any other error. */
export function kindOf(error: unknown): FailureKind | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof EventStoreUnavailable || WITHOUT_ANSWER.some((kind) => error instanceof kind)) {
    return 'unanswered';
  }
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'number') {
    const kind = KINDS[code];
    return kind === 'busy' && OVERSIZED.test(error.message) ? 'refused' : kind;
  }
  return UNCONNECTED.test(error.message) ? 'unanswered' : undefined;
}

/** Whether a retry may succeed. */
export function isRetryable(error: unknown): boolean {
  const kind = kindOf(error);
  return kind === 'unanswered' || kind === 'busy';
}

/** The port's error for a failure of the client; any other error is returned as it is. */
export function asStoreFailure(error: unknown): unknown {
  if (error instanceof EventStoreUnavailable || !(error instanceof Error)) return error;
  const kind = kindOf(error);
  const options = { cause: error };
  if (kind === 'unanswered') {
    return new EventStoreUnavailable(`The event store does not answer: ${error.message}.`, options);
  }
  if (kind === 'busy') {
    return new EventStoreUnavailable(`The event store has too much to do: ${error.message}.`, options);
  }
  if (error instanceof AccessDeniedError) {
    return new EventStoreUnusable('The event store refuses its user or password.', options);
  }
  if (error instanceof StreamDeletedError) {
    return new EventStoreUnusable(`Stream ${error.streamName} has been deleted.`, options);
  }
  if (error instanceof MaxAppendSizeExceededError) {
    const limit = `takes ${error.maxAppendSize} bytes at once, and this append has more`;
    return new EventStoreUnusable(`The event store ${limit}: raise its MaxAppendSize.`, options);
  }
  if (kind === undefined) return error;
  return new EventStoreUnusable(`The event store refuses a call: ${error.message}.`, options);
}

export function noAnswerWithin(ms: number): EventStoreUnavailable {
  return new EventStoreUnavailable(`The event store has not answered within ${ms} ms.`);
}
