import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';

/** gRPC's CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL and UNAVAILABLE. */
const UNANSWERED: readonly unknown[] = [1, 2, 4, 10, 13, 14];
/** The client gives these without a code. */
const UNCONNECTED = /^(Failed to discover|Channel has been shut down)/;

/** Nothing is known of what the call did: only making it again can tell. */
export function isUnanswered(error: unknown): boolean {
  if (error instanceof EventStoreUnavailable || error instanceof NotLeaderError) return true;
  return error instanceof Error && (UNANSWERED.includes(codeOf(error)) || UNCONNECTED.test(error.message));
}

/** What the client's failure means to those who use the store; any other error is given back as it is. */
export function asStoreFailure(error: unknown): unknown {
  if (error instanceof EventStoreUnavailable || !(error instanceof Error)) return error;
  const because = { cause: error };
  if (isUnanswered(error)) {
    return new EventStoreUnavailable(`The event store does not answer: ${error.message}.`, because);
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
  if (codeOf(error) === undefined) return error;
  return new EventStoreUnusable(`The event store refuses a call: ${error.message}.`, because);
}

function codeOf(error: Error): unknown {
  return (error as { readonly code?: unknown }).code;
}
