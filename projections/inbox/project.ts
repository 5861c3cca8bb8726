// The notifications of an account, newest first, and which of them are unread (R-S3, R-C1, R-C4, R-V4, R-V7, R-E3).
import { followsEndOfConnection, isRevocation, type Recorded } from '#contracts';
import { applyChanges, unreachable } from '#domain/kernel';
import type { ShareEvent, ShareItemsWithdrawn, ShareSide } from '#domain/share';
import type { Change } from '#subscriptions';
import { defineProjection } from '../define.ts';
import { update, upsert } from '../reflecting.ts';
import {
  type ConnectionNotices,
  connectionNotices,
  inboxes,
  inboxLineId,
  type Notice,
  type NoticeDetails,
  type Notification,
  type NotificationKind,
  noticePlaces,
  notifications,
  readMarks,
  type ShareNotices,
  shareNotices,
  type WebhookNotices,
  webhookNotices,
} from './document.ts';
import { markRead, marksOf, notifying } from './read-marks.ts';

type Details = Partial<Omit<NoticeDetails, 'kind'>>;

/** So many notifications of one webhook stay in the inbox: it may fail again whenever it is enabled. */
const MAX_WEBHOOK_NOTICES = 50;

export const inboxProjection = defineProjection({
  name: 'inbox',
  version: 7,
  collections: [
    ...[shareNotices, connectionNotices, webhookNotices, noticePlaces],
    ...[notifications, inboxes, readMarks],
  ],
  on: {
    ConnectionCreated: (event) => {
      const { connectionId: id, account } = event.data;
      return [upsert(connectionNotices, id, event, () => ({ id, accounts: [account], notices: [] }))];
    },
    WebhookRegistered: (event) => {
      const { webhookId: id, description } = event.data;
      return [upsert(webhookNotices, id, event, () => ({ id, description, notices: [] }))];
    },
    WebhookChanged: (event) => [
      update(webhookNotices, event.data.webhookId, event, (document) =>
        applyChanges(document, { description: event.data.changes.description }),
      ),
    ],
    ...notifying({
      ConnectionAuthenticated: (event) => [
        update(connectionNotices, event.data.connectionId, event, (document) => {
          const accounts = [...document.accounts, event.data.account];
          const notices = accounts.map((account) => notice(event, account, 'connection-active'));
          return { ...document, accounts, notices: [...document.notices, ...notices] };
        }),
      ],
      ConnectionEnded: (event) => [
        update(connectionNotices, event.data.connectionId, event, (document) => {
          const others = document.accounts.filter((account) => account !== event.data.account);
          const notices = others.map((account) => notice(event, account, 'connection-ended'));
          return { ...document, notices: [...document.notices, ...notices] };
        }),
      ],

      ShareRequested: (event) => {
        const { shareId: id, connectionId, requester, provider, name } = event.data;
        const notices = [notice(event, provider, 'share-requested')];
        return [
          upsert(shareNotices, id, event, () => ({ id, connectionId, requester, provider, name, notices })),
        ];
      },
      ShareCancelled: (event) => [
        notify(
          event,
          'provider',
          'share-cancelled',
          event.data.cause === 'connection-ended' ? { following: 'connection-ended' } : {},
        ),
      ],
      ShareRejected: (event) => [notify(event, 'requester', 'share-rejected', because(event.data.reason))],
      SharePackageCompleted: (event) => [
        notify(event, 'requester', 'share-available', { installations: event.data.items }),
      ],
      ShareProcessed: (event) => [
        update(shareNotices, event.data.shareId, event, (document) => {
          // The requester has processed the share, also where the rest of it ended otherwise.
          const processed = notice(event, document.provider, 'share-processed', { by: document.requester });
          return { ...document, notices: [...document.notices, processed] };
        }),
      ],
      SharePartlyRevoked: (event) => [
        notify(event, 'requester', 'share-partly-revoked', {
          installations: event.data.withdrawn,
          ...because(event.data.reason),
          ...byEnding(event),
        }),
      ],
      ShareRevoked: (event) => [
        update(shareNotices, event.data.shareId, event, (document) => {
          const { notices } = document;
          const earlier = notices.find((one) => isPartOf(one, event, 'access-withdrawn', 'access-returned'));
          if (earlier?.kind === 'access-returned') return document;
          const lost: Details = isRevocation(event)
            ? byEnding(event)
            : { following: 'access-lost', ...(earlier && { by: earlier.by }) };
          const revoked = notice(event, document.requester, 'share-revoked', {
            ...because(event.data.reason),
            ...lost,
          });
          return { ...document, notices: [...notices.filter((one) => one !== earlier), revoked] };
        }),
      ],
      ShareExtended: (event) => [notify(event, 'requester', 'share-extended', { until: event.data.until })],
      ShareExpiryAnnounced: (event) => [notifyBoth(event, 'share-expiring', { until: event.data.until })],
      ShareExpired: (event) => [
        notifyBoth(event, 'share-expired', {
          until: event.data.expiredAt,
          installations: event.data.withdrawn,
        }),
      ],
      // A revocation of the share itself, and its end, are notified by the event that sums it up.
      ShareItemsWithdrawn: (event) => {
        const { cause } = event.data;
        switch (cause.kind) {
          case 'revoked':
          case 'expired':
            return [];
          case 'returned':
            return [notifyOnce(event, ['provider'], 'access-returned', { by: cause.account })];
          case 'cascade':
            return [notifyOnce(event, ['requester'], 'access-withdrawn', { by: cause.account })];
          case 'refused':
            return [notifyOnce(event, ['requester', 'provider'], 'access-refused', { refusal: cause.code })];
          default:
            return unreachable(cause);
        }
      },

      WebhookDisabled: (event) => {
        const { webhookId, account, reason, since } = event.data;
        // Not a notification to those who did it themselves.
        if (reason === 'asked') return [];
        return [
          update(webhookNotices, webhookId, event, (document) => {
            const disabled = notice(event, account, 'webhook-disabled', { disabled: { reason, since } });
            return { ...document, notices: [...document.notices, disabled].slice(-MAX_WEBHOOK_NOTICES) };
          }),
        ];
      },
    }),

    NotificationRead: (event) => [markRead(event)],
    AllNotificationsRead: (event) => {
      const { account: id } = event.data;
      return [upsert(inboxes, id, event, () => ({ id, upTo: event.position }))];
    },
  },
  derive: [
    { from: shareNotices, to: notifications, rows: shareLines },
    { from: connectionNotices, to: notifications, rows: connectionLines },
    { from: webhookNotices, to: notifications, rows: webhookLines },
    { from: noticePlaces, to: readMarks, rows: marksOf },
  ],
});

function notice(event: Recorded, account: string, kind: NotificationKind, details: Details = {}): Notice {
  const { at, actor, $correlationId: correlationId } = event.metadata;
  const { id, position } = event;
  return { account, kind, at, id, position, correlationId, by: actor.account, ...details };
}

function notify(
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

function notifyBoth(event: Recorded<ShareEvent>, kind: NotificationKind, details: Details): Change {
  return update(shareNotices, event.data.shareId, event, (document) => {
    const { requester, provider } = document;
    const lines = [requester, provider].map((account) => notice(event, account, kind, details));
    return { ...document, notices: [...document.notices, ...lines] };
  });
}

/** Items come in batches: those of one request, for one reason, are one notification, which counts them all. */
function notifyOnce(
  event: Recorded<ShareItemsWithdrawn>,
  sides: readonly ShareSide[],
  kind: AccessNotice,
  details: Pick<Details, 'by' | 'refusal'>,
): Change {
  const { shareId, installations } = event.data;
  return update(shareNotices, shareId, event, (document) => {
    const { notices } = document;
    const replaced = notices.filter(
      (earlier) => isPartOf(earlier, event, kind) && earlier.refusal === details.refusal,
    );
    const lines = sides.map((side): Notice => {
      const account = document[side];
      const earlier = replaced.find((line) => line.account === account);
      const before = earlier ?? notice(event, account, kind, { by: document.provider, ...details });
      return { ...before, installations: (before.installations ?? 0) + installations.length };
    });
    return { ...document, notices: [...notices.filter((earlier) => !replaced.includes(earlier)), ...lines] };
  });
}

type AccessNotice = Extract<NotificationKind, `access-${string}`>;

/** Whether the notification is about access affected by the same request that this event follows from. */
function isPartOf({ kind, correlationId }: Notice, event: Recorded, ...kinds: AccessNotice[]): boolean {
  return (kinds as NotificationKind[]).includes(kind) && correlationId === event.metadata.$correlationId;
}

function because(reason: string | undefined): Details {
  return reason === undefined ? {} : { reason };
}

function byEnding(event: Recorded): Details {
  return followsEndOfConnection(event) ? { following: 'connection-ended' } : {};
}

function shareLines({ id, name, connectionId, notices }: ShareNotices): Notification[] {
  return notices.map((notice) => ({ ...line(notice, { share: name, along: connectionId }), shareId: id }));
}

function connectionLines({ id, notices }: ConnectionNotices): Notification[] {
  return notices.map((notice) => ({ ...line(notice, { along: id }), connectionId: id }));
}

function webhookLines({ id, description: webhook, notices }: WebhookNotices): Notification[] {
  return notices.map((notice) => ({ ...line(notice, { webhook }), webhookId: id }));
}

function line(
  { account, at, id: notificationId, position, correlationId: _, ...details }: Notice,
  about: { readonly share?: string; readonly along?: string; readonly webhook?: string },
): Notification {
  return {
    id: inboxLineId(account, notificationId),
    notificationId,
    account,
    kind: details.kind,
    at,
    position,
    details: { ...details, ...about },
  };
}
