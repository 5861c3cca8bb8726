// What an account's administrators are told, what of it is unread, newest first (R-S3, R-C1, R-C4, R-V4, R-V7).
import type { Recorded } from '#contracts';
import type { ConnectionEvent } from '#domain/connection';
import { unreachable } from '#domain/kernel';
import type { ShareEvent, ShareSide } from '#domain/share';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type ConnectionNotices,
  connectionNotices,
  inboxes,
  inboxLineId,
  type Notice,
  type Notification,
  type NotificationKind,
  notificationId,
  notificationPosition,
  notifications,
  readMarks,
  type ShareNotices,
  shareNotices,
} from './document.ts';
import { noticeText } from './text.ts';

type Details = Pick<Notice, 'installations' | 'reason'>;

export const inboxProjection = defineProjection({
  name: 'inbox',
  version: 1,
  collections: [shareNotices, connectionNotices, notifications, inboxes, readMarks],
  on: {
    ConnectionCreated: (event) => {
      const { connectionId: id, account, label } = event.data;
      return [
        upsert(connectionNotices, id, event, () => ({ id, labels: { [account]: label }, notices: [] })),
      ];
    },
    ConnectionRenamed: (event) => [
      update(connectionNotices, event.data.connectionId, event, (document) =>
        withLabel(document, event.data),
      ),
    ],
    ConnectionAuthenticated: (event) => [
      update(connectionNotices, event.data.connectionId, event, (document) => {
        const { labels, ...rest } = withLabel(document, event.data);
        const notices = Object.keys(labels).map((account) => notice(event, account, 'connection-active'));
        return { ...rest, labels, notices: [...document.notices, ...notices] };
      }),
    ],
    ConnectionEnded: (event) => [
      update(connectionNotices, event.data.connectionId, event, (document) => {
        const others = Object.keys(document.labels).filter((account) => account !== event.data.account);
        const notices = others.map((account) => notice(event, account, 'connection-ended'));
        return { ...document, notices: [...document.notices, ...notices] };
      }),
    ],

    ShareRequested: (event) => {
      const { shareId: id, requester, provider, name } = event.data;
      const notices = [notice(event, provider, 'share-requested')];
      return [upsert(shareNotices, id, event, () => ({ id, requester, provider, name, notices }))];
    },
    ShareCancelled: (event) => [tell(event, 'provider', 'share-cancelled')],
    ShareRejected: (event) => [tell(event, 'requester', 'share-rejected', because(event.data.reason))],
    SharePackageCompleted: (event) => [
      tell(event, 'requester', 'share-available', { installations: event.data.items }),
    ],
    ShareProcessed: (event) => [tell(event, 'provider', 'share-processed')],
    SharePartlyRevoked: (event) => [
      tell(event, 'requester', 'share-partly-revoked', {
        installations: event.data.withdrawn,
        ...because(event.data.reason),
      }),
    ],
    ShareRevoked: (event) => [
      update(shareNotices, event.data.shareId, event, (document) => {
        const { notices } = document;
        const told = notices.find((earlier) => isPartOf(earlier, event));
        if (told?.kind === 'access-returned') return document;
        const revoked = notice(event, document.requester, 'share-revoked', because(event.data.reason));
        return { ...document, notices: [...notices.filter((earlier) => earlier !== told), revoked] };
      }),
    ],
    // A revocation of the share itself is told by the event that sums it up.
    ShareItemsWithdrawn: (event) => {
      const { cause, installations } = event.data;
      switch (cause.kind) {
        case 'revoked':
          return [];
        case 'returned':
          return [tellOnce(event, 'provider', 'access-returned', installations.length)];
        case 'cascade':
          return [tellOnce(event, 'requester', 'access-withdrawn', installations.length)];
        default:
          return unreachable(cause.kind);
      }
    },

    NotificationRead: (event) => {
      const { account, notificationId: read } = event.data;
      const position = notificationPosition(read);
      if (position === undefined) return [];
      const id = inboxLineId(account, read);
      return [upsert(readMarks, id, event, () => ({ id, account, notificationPosition: position }))];
    },
    AllNotificationsRead: (event) => {
      const { account, upTo } = event.data;
      return [
        upsert(inboxes, account, event, (inbox) => ({
          id: account,
          upTo: Math.max(upTo, inbox?.upTo ?? upTo),
        })),
      ];
    },
  },
  derive: [
    { from: shareNotices, to: notifications, rows: shareLines },
    { from: connectionNotices, to: notifications, rows: connectionLines },
  ],
});

function notice(event: Recorded, account: string, kind: NotificationKind, details: Details = {}): Notice {
  const { at, $correlationId: correlationId } = event.metadata;
  return { account, kind, at, position: event.position, correlationId, ...details };
}

function tell(
  event: Recorded<ShareEvent>,
  side: ShareSide,
  kind: NotificationKind,
  details?: Details,
): Change {
  return update(shareNotices, event.data.shareId, event, (document) => ({
    ...document,
    notices: [...document.notices, notice(event, document[side], kind, details)],
  }));
}

/** Items come in batches: what belongs to one request is told in one line, which counts them all. */
function tellOnce(
  event: Recorded<ShareEvent>,
  side: ShareSide,
  kind: 'access-returned' | 'access-withdrawn',
  installations: number,
): Change {
  return update(shareNotices, event.data.shareId, event, (document) => {
    const { notices } = document;
    const told = notices.find((earlier) => earlier.kind === kind && isPartOf(earlier, event));
    const line: Notice = told
      ? { ...told, installations: (told.installations ?? 0) + installations }
      : notice(event, document[side], kind, { installations });
    return { ...document, notices: [...notices.filter((earlier) => earlier !== told), line] };
  });
}

/** Whether the notice tells of access that ended through the very request this event follows from. */
function isPartOf({ kind, correlationId }: Notice, event: Recorded): boolean {
  return kind.startsWith('access-') && correlationId === event.metadata.$correlationId;
}

function because(reason: string | undefined): Details {
  return reason === undefined ? {} : { reason };
}

function withLabel(
  document: ConnectionNotices,
  { account, label }: Extract<ConnectionEvent, { data: { label: string } }>['data'],
): ConnectionNotices {
  return { ...document, labels: { ...document.labels, [account]: label } };
}

function shareLines({ id, name, notices }: ShareNotices): Notification[] {
  return notices.map((told) => ({ ...line(told, name), shareId: id }));
}

function connectionLines({ id, labels, notices }: ConnectionNotices): Notification[] {
  return notices.map((told) => ({ ...line(told, labels[told.account] ?? id), connectionId: id }));
}

function line(told: Notice, subject: string): Notification {
  const { account, kind, at, position } = told;
  const lineId = notificationId(position);
  return {
    id: inboxLineId(account, lineId),
    notificationId: lineId,
    account,
    kind,
    at,
    position,
    text: noticeText(told, subject),
  };
}
