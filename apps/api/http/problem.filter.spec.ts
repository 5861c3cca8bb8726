import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import {
  CommandIdReused,
  InvalidCommand,
  StaleRevision,
  StreamContended,
  UnknownCommand,
} from '#application';
import { UnknownEventType, UnknownEventVersion } from '#contracts';
import { conflict, forbidden, impossible, notFound } from '#domain/kernel';
import { EventStoreFull, EventStoreUnavailable, EventTooLarge, type Revision } from '#event-store';
import { InvalidPageToken, ViewStoreUnavailable } from '#view-store';
import { InvalidToken } from '../auth/invalid-token.ts';
import { IssuerUnavailable } from '../auth/issuer-keys.ts';
import { answerTo } from './problem.filter.ts';
import { HttpProblem } from './problem.ts';

describe('the problem for an error', () => {
  it.each([
    [notFound('share'), 404, 'not-found'],
    [forbidden('Not to you.'), 403, 'role-not-allowed'],
    [conflict('share-not-requested', 'Too late.'), 409, 'share-not-requested'],
    [impossible('name-length', 'Too long.'), 422, 'name-length'],
    [new HttpProblem(400, 'invalid-query', 'Not as documented.'), 400, 'invalid-query'],
    [new InvalidCommand('CancelShare', []), 400, 'invalid-command'],
    [new UnknownCommand('Explode'), 400, 'unknown-command'],
    [new InvalidPageToken(), 400, 'invalid-page-token'],
    [new InvalidToken('expired'), 401, 'invalid-token'],
    [new IssuerUnavailable('timeout'), 503, 'issuer-unavailable'],
    [new StaleRevision(3 as Revision), 412, 'stale-revision'],
    [new EventTooLarge('ActivityAdded', 2_000_000), 413, 'too-large'],
    [new CommandIdReused('x'), 422, 'idempotency-key-reused'],
    [new StreamContended('share-x'), 503, 'contended'],
    [new EventStoreFull(), 503, 'event-store-full'],
    [new EventStoreUnavailable(), 503, 'event-store-unavailable'],
    [new ViewStoreUnavailable(), 503, 'view-store-unavailable'],
    [new UnknownEventType('Painted'), 503, 'unknown-event'],
    [new UnknownEventVersion('ShareApproved', 'ShareApproved.v9'), 503, 'unknown-event'],
    [new NotFoundException(), 404, 'not-found'],
    [Object.assign(new Error('Too large'), { statusCode: 413 }), 413, 'too-large'],
    [Object.assign(new Error('No JSON'), { statusCode: 400 }), 400, 'malformed-request'],
    [new Error('a secret'), 500, 'internal-error'],
    ['not even an error', 500, 'internal-error'],
  ])('of %s is its status and its code', (error, status, code) => {
    expect(answerTo(error).problem).toMatchObject({ status, code, type: `/problems/${code}` });
  });

  it('reveals nothing of an unexpected error', () => {
    expect(JSON.stringify(answerTo(new Error('a secret')))).not.toContain('secret');
  });

  it('has the current status, and the allowed actions', () => {
    const refusal = conflict('share-not-requested', 'Too late.', {
      currentStatus: 'available',
      allowedActions: ['process'],
      errors: [{ pointer: '/selection/0', code: 'archived', detail: 'It is archived.' }],
    });
    expect(answerTo(refusal).problem).toMatchObject({
      currentStatus: 'available',
      allowedActions: ['process'],
      errors: [{ pointer: '/selection/0', code: 'archived' }],
    });
  });

  it('has a Retry-After', () => {
    for (const error of [new StreamContended('x'), new EventStoreUnavailable(), new ViewStoreUnavailable()]) {
      expect(answerTo(error).headers).toEqual({ 'Retry-After': '1' });
    }
    expect(answerTo(conflict('not-yet-sealed', 'Wait.')).headers).toEqual({ 'Retry-After': '5' });
    const behind = new HttpProblem(503, 'view-behind', 'Wait.', { retryAfterSeconds: 1 });
    expect(answerTo(behind).headers).toEqual({ 'Retry-After': '1' });
  });
});
