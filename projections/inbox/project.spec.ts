import { describe, expect, it } from '@jest/globals';
import type { ConnectionEvent } from '#domain/connection';
import type { GrantRefusal } from '#domain/installation';
import type { Role } from '#domain/kernel';
import type { ItemWithdrawalCause, ShareEvent } from '#domain/share';
import { recorder, Views } from '../testing.ts';
import {
  formerNotificationId,
  inboxes,
  inboxProjection,
  isRead,
  notifications,
  readMarks,
  sinceAllRead,
} from './index.ts';

const at = '2026-03-04T09:00:00.000Z';

const BY_REQUESTER: readonly string[] = ['ShareRequested', 'ShareCancelled', 'ShareProcessed'];

function story() {
  const record = recorder();
  const share = (event: ShareEvent, correlation?: string, by: { user?: string; role?: Role } = {}) => {
    const account = BY_REQUESTER.includes(event.type) ? 'a' : 'b';
    return record('share-s', event, { at, account, ...by, ...(correlation && { correlation }) });
  };
  const connection = (event: ConnectionEvent) =>
    record('connection-c', event, { at, ...('account' in event.data && { account: event.data.account }) });
  const requested = share({
    type: 'ShareRequested',
    data: {
      shareId: 's',
      connectionId: 'c',
      requester: 'a',
      provider: 'b',
      name: 'Winter round',
      suggestedLevel: 'location',
      requestedAt: at,
    },
  });
  const ended = (cause: ItemWithdrawalCause, installations: string[], correlation: string) =>
    share(
      {
        type: 'ShareItemsWithdrawn',
        data: {
          shareId: 's',
          installations,
          from: { offered: installations.length, placing: 0, placed: [] },
          cause,
          withdrawnAt: at,
        },
      },
      correlation,
    );
  const withdrawn = (
    kind: Exclude<ItemWithdrawalCause['kind'], 'refused'>,
    installations: string[],
    correlation: string,
  ) => ended({ kind, account: 'x', shareId: 'top' }, installations, correlation);
  const refused = (code: GrantRefusal, installations: string[], correlation: string) =>
    ended({ kind: 'refused', code }, installations, correlation);
  const revoked = (correlation: string) =>
    share({ type: 'ShareRevoked', data: { shareId: 's', withdrawn: 2, revokedAt: at } }, correlation, {
      role: 'system',
    });
  return { record, share, connection, requested, withdrawn, refused, revoked };
}

/** Every notification, oldest first: recipient, kind, by whom, its cause, how many and why. */
function notified(views: Views): string[] {
  return views
    .all(notifications)
    .sort((one, other) => one.position - other.position)
    .map(({ account, kind, details }) => {
      const { by, following, installations, reason, refusal } = details ?? {};
      return [`${account} ${kind} by ${by}`, following, installations, reason, refusal]
        .filter((part) => part !== undefined)
        .join(', ');
    });
}

describe('the inbox view', () => {
  it('notifies the provider of a request (R-S3)', () => {
    const { requested } = story();
    const views = new Views(inboxProjection).apply(requested);
    const { id } = requested;
    expect(views.all(notifications)).toStrictEqual([
      {
        id: `b:${id}`,
        notificationId: id,
        account: 'b',
        kind: 'share-requested',
        at,
        position: requested.position,
        details: { kind: 'share-requested', by: 'a', share: 'Winter round', along: 'c' },
        shareId: 's',
      },
    ]);
  });

  it('notifies the provider of cancellation and processing, the requester of the rest (R-S3)', () => {
    const { share, requested } = story();
    const views = new Views(inboxProjection).apply(
      requested,
      share({ type: 'ShareCancelled', data: { shareId: 's', cause: 'requester', cancelledAt: at } }),
      share({ type: 'ShareRejected', data: { shareId: 's', reason: 'Not ours', rejectedAt: at } }),
      share({ type: 'SharePackageCompleted', data: { shareId: 's', items: 1, leftOut: 0, availableAt: at } }),
      share({ type: 'ShareProcessed', data: { shareId: 's', processedAt: at } }),
      share({
        type: 'SharePartlyRevoked',
        data: { shareId: 's', withdrawn: 2, retained: 1, reason: 'Contract ended', revokedAt: at },
      }),
      share({ type: 'ShareRevoked', data: { shareId: 's', withdrawn: 1, revokedAt: at } }),
    );
    expect(notified(views)).toStrictEqual([
      'b share-requested by a',
      'b share-cancelled by a',
      'a share-rejected by b, Not ours',
      'a share-available by b, 1',
      'b share-processed by a',
      'a share-partly-revoked by b, 2, Contract ended',
      'a share-revoked by b',
    ]);
  });

  it('says who ended the connection that took a request or a share with it (R-C4)', () => {
    const { share, requested } = story();
    const ending = { user: 'process:end-connection', role: 'service' } as const;
    const cancelled = { shareId: 's', cause: 'connection-ended', cancelledAt: at } as const;
    const partly = { shareId: 's', withdrawn: 2, retained: 1, revokedAt: at };
    const views = new Views(inboxProjection).apply(
      requested,
      share({ type: 'ShareCancelled', data: cancelled }, undefined, ending),
      share({ type: 'SharePartlyRevoked', data: partly }, undefined, ending),
      share({ type: 'ShareRevoked', data: { shareId: 's', withdrawn: 1, revokedAt: at } }, undefined, ending),
    );
    expect(notified(views).slice(1)).toStrictEqual([
      'b share-cancelled by a, connection-ended',
      'a share-partly-revoked by b, connection-ended, 2',
      'a share-revoked by b, connection-ended',
    ]);
  });

  it('notifies a holder once of a cascade, in however many batches it arrives (R-V4)', () => {
    const { requested, withdrawn } = story();
    const views = new Views(inboxProjection).apply(
      requested,
      withdrawn('cascade', ['i', 'j'], 'one revocation'),
      withdrawn('cascade', ['k'], 'one revocation'),
      withdrawn('cascade', ['l'], 'another revocation'),
    );
    expect(notified(views).slice(1)).toStrictEqual([
      'a access-withdrawn by x, 3',
      'a access-withdrawn by x, 1',
    ]);
  });

  it('notifies both sides once for each rule that refused items of a step (R-P4)', () => {
    const { requested, refused } = story();
    const views = new Views(inboxProjection).apply(
      requested,
      refused('already-shared', ['i', 'j'], 'one step'),
      refused('not-yours', ['k'], 'one step'),
      refused('already-shared', ['l'], 'one step'),
    );
    expect(notified(views).slice(1).sort()).toStrictEqual([
      'a access-refused by b, 1, not-yours',
      'a access-refused by b, 3, already-shared',
      'b access-refused by b, 1, not-yours',
      'b access-refused by b, 3, already-shared',
    ]);
  });

  it('notifies once, as a revoked share, of a cascade that leaves nothing', () => {
    const { requested, withdrawn, revoked } = story();
    const views = new Views(inboxProjection).apply(
      requested,
      withdrawn('cascade', ['i', 'j'], 'one revocation'),
      revoked('one revocation'),
    );
    expect(notified(views).slice(1)).toStrictEqual(['a share-revoked by x, access-lost']);
  });

  it('notifies the giver of returned access, and not its holder (R-V7)', () => {
    const { requested, withdrawn, revoked } = story();
    const views = new Views(inboxProjection).apply(
      requested,
      withdrawn('returned', ['i', 'j'], 'a return'),
      revoked('a return'),
    );
    expect(notified(views).slice(1)).toStrictEqual(['b access-returned by x, 2']);
  });

  it('notifies of a revocation of the share itself only by the event that sums it up', () => {
    const { requested, withdrawn } = story();
    const views = new Views(inboxProjection).apply(requested, withdrawn('revoked', ['i'], 'a revocation'));
    expect(notified(views)).toHaveLength(1);
  });

  it('notifies both sides that a connection is active, and the other of its end (R-C1, R-C4)', () => {
    const { connection } = story();
    const views = new Views(inboxProjection).apply(
      connection({
        type: 'ConnectionCreated',
        data: { connectionId: 'c', account: 'a', label: 'Installer', tokenHash: 'h', expiresAt: at },
      }),
      connection({
        type: 'ConnectionAuthenticated',
        data: { connectionId: 'c', account: 'b', label: 'Customer' },
      }),
      connection({
        type: 'ConnectionRenamed',
        data: { connectionId: 'c', account: 'b', label: 'Best customer' },
      }),
      connection({ type: 'ConnectionEnded', data: { connectionId: 'c', account: 'a', revokeShares: false } }),
    );
    expect(notified(views)).toStrictEqual([
      'a connection-active by b',
      'b connection-active by b',
      'b connection-ended by a',
    ]);
    expect(views.all(notifications).map(({ connectionId }) => connectionId)).toStrictEqual(['c', 'c', 'c']);
  });

  it('marks one as read, or all up to a place, for that account alone', () => {
    const { record, share, requested } = story();
    const processed = share({ type: 'ShareProcessed', data: { shareId: 's', processedAt: at } });
    const [first, second] = [requested, processed].map(({ id }) => id);
    if (first === undefined || second === undefined) throw new Error('There are two.');
    const views = new Views(inboxProjection).apply(
      requested,
      processed,
      record('inbox-b', { type: 'NotificationRead', data: { account: 'b', notificationId: second } }),
    );
    const readBy = (id: string) => {
      const line = views.get(notifications, `b:${id}`);
      return line && isRead(line, views.get(inboxes, 'b'), views.get(readMarks, `b:${id}`));
    };
    expect([readBy(first), readBy(second)]).toStrictEqual([false, true]);
    expect(views.find(readMarks, 'by-account', ['a'])).toStrictEqual([]);

    views.apply(record('inbox-b', { type: 'AllNotificationsRead', data: { account: 'b' } }));
    expect([readBy(first), readBy(second)]).toStrictEqual([true, true]);
  });

  it('is counted from where everything was read: the notifications since, less those read one by one', () => {
    const { record, requested } = story();
    const views = new Views(inboxProjection).apply(requested);
    expect(sinceAllRead('b', views.get(inboxes, 'b'))).toStrictEqual({ index: 'by-account', prefix: ['b'] });
    const [earlier, later] = [0, 1].map(() =>
      record('inbox-b', { type: 'AllNotificationsRead', data: { account: 'b' } }),
    );
    views.apply(later!, earlier!);
    expect(sinceAllRead('b', views.get(inboxes, 'b'))).toStrictEqual({
      index: 'by-account',
      prefix: ['b'],
      from: later!.position + 1,
    });
  });

  it('knows what was read by its former name, which has a position, and by none of another store', () => {
    const { record, requested } = story();
    const read = (position: number) =>
      record('inbox-b', {
        type: 'NotificationRead',
        data: { account: 'b', notificationId: formerNotificationId(position) },
      });
    expect(formerNotificationId(4_000_000_000)).toBe('00000000-0000-8000-8000-0000ee6b2800');
    const views = new Views(inboxProjection).apply(requested, read(requested.position + 1));
    expect(views.all(readMarks)).toStrictEqual([]);
    views.apply(read(requested.position));
    expect(views.all(readMarks)).toStrictEqual([
      { id: `b:${requested.id}`, account: 'b', notificationPosition: requested.position },
    ]);
  });

  it('notifies nothing twice when events are delivered again', () => {
    const { record, requested, withdrawn, revoked } = story();
    const history = [
      requested,
      withdrawn('cascade', ['i'], 'first'),
      withdrawn('returned', ['j'], 'second'),
      revoked('third'),
      record('inbox-b', {
        type: 'NotificationRead',
        data: { account: 'b', notificationId: requested.id },
      }),
    ];
    const views = new Views(inboxProjection).apply(...history);
    const before = [...views.all(notifications), ...views.all(readMarks)];
    views.apply(...history);
    expect([...views.all(notifications), ...views.all(readMarks)]).toStrictEqual(before);
  });

  it('ignores shares whose request is missing, unknown ids, and other events', () => {
    const { record, revoked } = story();
    const views = new Views(inboxProjection).apply(revoked('x'));
    expect(views.all(notifications)).toStrictEqual([]);
    const foreign = record('inbox-b', {
      type: 'NotificationRead',
      data: { account: 'b', notificationId: 'not-one-of-ours' },
    });
    expect(views.apply(foreign).all(readMarks)).toStrictEqual([]);
    const preparing = record('share-s', { type: 'SharePreparationStarted', data: { shareId: 's' } });
    expect(inboxProjection.project(preparing)).toStrictEqual([]);
  });
});
