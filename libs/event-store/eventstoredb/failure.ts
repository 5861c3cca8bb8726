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
 * What a failure says of the call: nothing is known of what it did, and only making it again can tell; the server has
 * too much to do, which passes; or it was refused, as it would be again.
 */
export type Meaning = 'unanswered' | 'busy' | 'refused';

/** By gRPC's number of the status. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
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

/** What the client makes of these statuses has no number at times. */
const WITHOUT_ANSWER = [
  CancelledError,
  DeadlineExceededError,
  NotLeaderError,
  TimeoutError,
  UnavailableError,
];
/** The client gives these without a status. */
const UNCONNECTED = /^(Failed to discover|Channel has been shut down)/;
/** One message over the limit has the status of too many calls. */
const OVERSIZED = /\b(larger than|exceeds the maximum)\b/;

/** What the failure of a call says of it; `undefined` where it is no failure of a call at all. */
export function meaningOf(error: unknown): Meaning | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof EventStoreUnavailable || WITHOUT_ANSWER.some((kind) => error instanceof kind)) {
    return 'unanswered';
  }
  const { code } = error as { readonly code?: unknown };
  if (typeof code === 'number') {
    const meaning = MEANINGS[code];
    return meaning === 'busy' && OVERSIZED.test(error.message) ? 'refused' : meaning;
  }
  return UNCONNECTED.test(error.message) ? 'unanswered' : undefined;
}

/** Whether asking again may help. */
export function mayPass(error: unknown): boolean {
  const meaning = meaningOf(error);
  return meaning === 'unanswered' || meaning === 'busy';
}

/** What the client's failure means to those who use the store; any other error is given back as it is. */
export function asStoreFailure(error: unknown): unknown {
  if (error instanceof EventStoreUnavailable || !(error instanceof Error)) return error;
  const meaning = meaningOf(error);
  const because = { cause: error };
  if (meaning === 'unanswered') {
    return new EventStoreUnavailable(`The event store does not answer: ${error.message}.`, because);
  }
  if (meaning === 'busy') {
    return new EventStoreUnavailable(`The event store has too much to do: ${error.message}.`, because);
  }
  if (error instanceof AccessDeniedError) {
    return new EventStoreUnusable('The event store refuses its user or password.', because);
  }
  if (error instanceof StreamDeletedError) {
    return new EventStoreUnusable(`Stream ${error.streamName} has been deleted.`, because);
  }
  if (error instanceof MaxAppendSizeExceededError) {
    const limit = `takes ${error.maxAppendSize} bytes at once, and this append has more`;
    return new EventStoreUnusable(`The event store ${limit}: raise its MaxAppendSize.`, because);
  }
  if (meaning === undefined) return error;
  return new EventStoreUnusable(`The event store refuses a call: ${error.message}.`, because);
}

export function noAnswerWithin(ms: number): EventStoreUnavailable {
  return new EventStoreUnavailable(`The event store has not answered within ${ms} ms.`);
}
