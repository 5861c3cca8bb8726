import { convertToCommandError, DeadlineExceededError } from '@eventstore/db-client';
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, EventStoreUnusable } from '#event-store';
import { asStoreFailure, kindOf } from './failure.ts';

/** As the client gives it. */
function failureWith(code: status, details = 'a reason', trailers: Record<string, string> = {}): Error {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  const raw: ServiceError = Object.assign(new Error(`${code} ${status[code]}: ${details}`), {
    code,
    details,
    metadata,
  });
  return convertToCommandError(raw) as Error;
}

describe('a call that failed', () => {
  it.each([
    ['CANCELLED', 'unanswered', EventStoreUnavailable],
    ['UNKNOWN', 'unanswered', EventStoreUnavailable],
    ['INVALID_ARGUMENT', 'refused', EventStoreUnusable],
    ['DEADLINE_EXCEEDED', 'unanswered', EventStoreUnavailable],
    ['NOT_FOUND', 'refused', EventStoreUnusable],
    ['ALREADY_EXISTS', 'refused', EventStoreUnusable],
    ['PERMISSION_DENIED', 'refused', EventStoreUnusable],
    ['RESOURCE_EXHAUSTED', 'busy', EventStoreUnavailable],
    ['FAILED_PRECONDITION', 'refused', EventStoreUnusable],
    ['ABORTED', 'unanswered', EventStoreUnavailable],
    ['OUT_OF_RANGE', 'refused', EventStoreUnusable],
    ['UNIMPLEMENTED', 'refused', EventStoreUnusable],
    ['INTERNAL', 'unanswered', EventStoreUnavailable],
    ['UNAVAILABLE', 'unanswered', EventStoreUnavailable],
    ['DATA_LOSS', 'refused', EventStoreUnusable],
    ['UNAUTHENTICATED', 'refused', EventStoreUnusable],
  ] as const)('with %s was %s', (name, kind, becomes) => {
    const failure = failureWith(status[name]);
    expect(kindOf(failure)).toBe(kind);
    expect(asStoreFailure(failure)).toBeInstanceOf(becomes);
    expect(asStoreFailure(failure)).toMatchObject({ cause: failure });
  });

  it('with any status there is has a meaning', () => {
    const codes = Object.values(status).filter((code) => typeof code === 'number');
    for (const code of codes) if (code !== status.OK) expect(kindOf(failureWith(code))).toBeDefined();
  });

  it('was not answered where another node leads', () => {
    const trailers = { exception: 'not-leader', 'leader-endpoint-host': 'b', 'leader-endpoint-port': '2113' };
    expect(kindOf(failureWith(status.NOT_FOUND, 'Leader info available.', trailers))).toBe('unanswered');
  });

  it('was not answered in time, also where the client keeps no status of it', () => {
    const failure = new DeadlineExceededError(undefined as never);
    expect(kindOf(failure)).toBe('unanswered');
    expect(asStoreFailure(failure)).toBeInstanceOf(EventStoreUnavailable);
  });

  it.each([
    'Received message larger than max (18000000 vs 17825792)',
    'Received message exceeds the maximum configured message size.',
  ])('was refused for one message that is too large, which passes no more: %s', (details) => {
    const failure = failureWith(status.RESOURCE_EXHAUSTED, details);
    expect(kindOf(failure)).toBe('refused');
    expect(asStoreFailure(failure)).toBeInstanceOf(EventStoreUnusable);
  });

  it('was none of the server', () => {
    const error = new TypeError('a mistake');
    expect(kindOf(error)).toBeUndefined();
    expect(asStoreFailure(error)).toBe(error);
  });
});
