import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '#contracts';
import { recorder, Views } from '../testing.ts';
import { connections, connectionsProjection, partyConnections } from './index.ts';

function story() {
  const record = recorder();
  const stream = 'connection-c';
  const created = record(
    stream,
    {
      type: 'ConnectionCreated',
      data: {
        connectionId: 'c',
        account: 'a',
        label: 'Our installer',
        description: 'met at the fair',
        tokenHash: 'hash',
        expiresAt: '2026-03-08T09:00:00.000Z',
      },
    },
    { at: '2026-03-01T09:00:00.000Z' },
  );
  const authenticated = record(
    stream,
    { type: 'ConnectionAuthenticated', data: { connectionId: 'c', account: 'b', label: 'Our customer' } },
    { at: '2026-03-02T09:00:00.000Z' },
  );
  const renamed = record(
    stream,
    { type: 'ConnectionRenamed', data: { connectionId: 'c', account: 'b', label: 'Best customer' } },
    { at: '2026-03-03T09:00:00.000Z' },
  );
  const ended = record(
    stream,
    { type: 'ConnectionEnded', data: { connectionId: 'c', account: 'a', revokeShares: false } },
    { at: '2026-03-04T09:00:00.000Z' },
  );
  return { record, created, authenticated, renamed, ended };
}

describe('the connections view', () => {
  it('shows a pending connection to its creator alone (R-C1)', () => {
    const { created } = story();
    const views = new Views(connectionsProjection).apply(created);
    expect(views.all(partyConnections)).toStrictEqual([
      {
        id: 'c:a',
        connectionId: 'c',
        account: 'a',
        label: 'Our installer',
        description: 'met at the fair',
        status: 'pending',
        expiresAt: '2026-03-08T09:00:00.000Z',
        createdAt: '2026-03-01T09:00:00.000Z',
        since: '2026-03-01T09:00:00.000Z',
      },
    ]);
  });

  it('finds those whose token was used and that are not active yet, and those that have ended', () => {
    const { record, created, authenticated, ended } = story();
    const used = record('connection-c', {
      type: 'ConnectionTokenUsed',
      data: { connectionId: 'c', account: 'b', label: 'Our customer' },
    });
    const found = (...events: readonly Recorded[]) => {
      const views = new Views(connectionsProjection).apply(...events);
      return ['under-way', 'ended'].map((index) => views.find(connections, index, []));
    };
    expect(found(created)).toEqual([[], []]);
    expect(found(created, used)).toEqual([['c'], []]);
    expect(found(created, authenticated)).toEqual([[], []]);
    expect(found(created, authenticated, ended)).toEqual([[], ['c']]);
  });

  it('shows each party its own label only, and the description to its author alone (R-C1)', () => {
    const { created, authenticated, renamed } = story();
    const views = new Views(connectionsProjection).apply(created, authenticated, renamed);
    const dates = { createdAt: '2026-03-01T09:00:00.000Z', since: '2026-03-02T09:00:00.000Z' };
    expect(views.all(partyConnections)).toStrictEqual([
      {
        id: 'c:a',
        connectionId: 'c',
        account: 'a',
        label: 'Our installer',
        description: 'met at the fair',
        counterparty: 'b',
        status: 'active',
        ...dates,
      },
      {
        id: 'c:b',
        connectionId: 'c',
        account: 'b',
        label: 'Best customer',
        counterparty: 'a',
        status: 'active',
        ...dates,
      },
    ]);
    expect(views.get(connections, 'c')?.revision).toBe(renamed.revision);
  });

  it('follows a token issued again, a cancellation and an end', () => {
    const { record, created } = story();
    const reissued = record('connection-c', {
      type: 'ConnectionTokenReissued',
      data: { connectionId: 'c', tokenHash: 'other', expiresAt: '2026-03-09T09:00:00.000Z' },
    });
    const cancelled = record('connection-c', { type: 'ConnectionCancelled', data: { connectionId: 'c' } });
    const views = new Views(connectionsProjection).apply(created, reissued);
    expect(views.get(partyConnections, 'c:a')).toMatchObject({ expiresAt: '2026-03-09T09:00:00.000Z' });
    expect(views.apply(cancelled).get(partyConnections, 'c:a')).toMatchObject({ status: 'cancelled' });
    expect(views.get(partyConnections, 'c:a')).not.toHaveProperty('expiresAt');
  });

  it('finds by status and by counterparty, in the order of creation', () => {
    const { record, created, authenticated, ended } = story();
    const later = record(
      'connection-d',
      {
        type: 'ConnectionCreated',
        data: {
          connectionId: 'd',
          account: 'a',
          label: 'Next',
          tokenHash: 'h',
          expiresAt: '2026-03-20T09:00:00.000Z',
        },
      },
      { at: '2026-03-13T09:00:00.000Z' },
    );
    const views = new Views(connectionsProjection).apply(created, authenticated, ended, later);
    expect(views.find(partyConnections, 'by-account', ['a'])).toStrictEqual(['c:a', 'd:a']);
    expect(views.find(partyConnections, 'by-status', ['a', 'ended'])).toStrictEqual(['c:a']);
    expect(views.find(partyConnections, 'by-status', ['a', 'pending'])).toStrictEqual(['d:a']);
    expect(views.find(partyConnections, 'by-counterparty', ['a', 'b'])).toStrictEqual(['c:a']);
  });

  it('stays as it is when events are delivered again, or late', () => {
    const { created, authenticated, renamed, ended } = story();
    const views = new Views(connectionsProjection).apply(created, authenticated, renamed, ended);
    const before = views.get(connections, 'c');
    expect(views.apply(created, authenticated, renamed, ended).get(connections, 'c')).toBe(before);
  });

  it('ignores a connection whose creation is missing, and other events', () => {
    const { record, authenticated } = story();
    const read = record('inbox-a', { type: 'NotificationRead', data: { account: 'a', notificationId: 'n' } });
    expect(new Views(connectionsProjection).apply(authenticated).all(connections)).toStrictEqual([]);
    expect(connectionsProjection.project(read)).toStrictEqual([]);
  });
});
