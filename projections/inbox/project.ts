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
  type Notification,
  type NotificationKind,
  noticePlaces,
  notifications,
  readMarks,
  type ShareNotices,
  shareNotices,
  type Told,
  type WebhookNotices,
  webhookNotices,
} from './document.ts';
import { markRead, marksOf, notifying } from './read-marks.ts';

type Details = Partial<Omit<Told, 'kind'>>;

/** So many notifications of one webhook stay in the inbox: it may fail again whenever it is enabled. */
const KEPT_OF_WEBHOOK = 50;

export const inboxProjection = defineProjection({
  name: 'inbox',
  version: 6,
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
        tell(
          event,
          'provider',
          'share-cancelled',
          event.data.cause === 'connection-ended' ? { following: 'connection-ended' } : {},
        ),
      ],
      ShareRejected: (event) => [tell(event, 'requester', 'share-rejected', because(event.data.reason))],
      SharePackageCompleted: (event) => [
        tell(event, 'requester', 'share-available', { installations: event.data.items }),
      ],
      ShareProcessed: (event) => [
        update(shareNotices, event.data.shareId, event, (document) => {
          // The requester has processed the share, also where the rest of it ended otherwise.
          const processed = notice(event, document.provider, 'share-processed', { by: document.requester });
          return { ...document, notices: [...document.notices, processed] };
        }),
      ],
      SharePartlyRevoked: (event) => [
        tell(event, 'requester', 'share-partly-revoked', {
          installations: event.data.withdrawn,
          ...because(event.data.reason),
          ...byEnding(event),
        }),
      ],
      ShareRevoked: (event) => [
        update(shareNotices, event.data.shareId, event, (document) => {
          const { notices } = document;
          const told = notices.find((earlier) =>
            isPartOf(earlier, event, 'access-withdrawn', 'access-returned'),
          );
          if (told?.kind === 'access-returned') return document;
          const lost: Details = isRevocation(event)
            ? byEnding(event)
            : { following: 'access-lost', ...(told && { by: told.by }) };
          const revoked = notice(event, document.requester, 'share-revoked', {
            ...because(event.data.reason),
            ...lost,
          });
          return { ...document, notices: [...notices.filter((earlier) => earlier !== told), revoked] };
        }),
      ],
      ShareExtended: (event) => [tell(event, 'requester', 'share-extended', { until: event.data.until })],
      ShareExpiryAnnounced: (event) => [tellBoth(event, 'share-expiring', { until: event.data.until })],
      ShareExpired: (event) => [
        tellBoth(event, 'share-expired', {
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
            return [tellOnce(event, ['provider'], 'access-returned', { by: cause.account })];
          case 'cascade':
            return [tellOnce(event, ['requester'], 'access-withdrawn', { by: cause.account })];
          case 'refused':
            return [tellOnce(event, ['requester', 'provider'], 'access-refused', { refusal: cause.code })];
          default:
            return unreachable(cause);
        }
      },

      WebhookDisabled: (event) => {
        const { webhookId, account, reason, since } = event.data;
        // Whoever asked for it knows.
        if (reason === 'asked') return [];
        return [
          update(webhookNotices, webhookId, event, (document) => {
            const told = notice(event, account, 'webhook-disabled', { disabled: { reason, since } });
            return { ...document, notices: [...document.notices, told].slice(-KEPT_OF_WEBHOOK) };
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

function tellBoth(event: Recorded<ShareEvent>, kind: NotificationKind, details: Details): Change {
  return update(shareNotices, event.data.shareId, event, (document) => {
    const { requester, provider } = document;
    const lines = [requester, provider].map((account) => notice(event, account, kind, details));
    return { ...document, notices: [...document.notices, ...lines] };
  });
}

/** Items come in batches: those of one request, for one reason, are one notification, which counts them all. */
function tellOnce(
  event: Recorded<ShareItemsWithdrawn>,
  sides: readonly ShareSide[],
  kind: AccessNotice,
  details: Pick<Details, 'by' | 'refusal'>,
): Change {
  const { shareId, installations } = event.data;
  return update(shareNotices, shareId, event, (document) => {
    const { notices } = document;
    const told = notices.filter(
      (earlier) => isPartOf(earlier, event, kind) && earlier.refusal === details.refusal,
    );
    const lines = sides.map((side): Notice => {
      const account = document[side];
      const earlier = told.find((line) => line.account === account);
      const before = earlier ?? notice(event, account, kind, { by: document.provider, ...details });
      return { ...before, installations: (before.installations ?? 0) + installations.length };
    });
    return { ...document, notices: [...notices.filter((earlier) => !told.includes(earlier)), ...lines] };
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
  return notices.map((told) => ({ ...line(told, { share: name, along: connectionId }), shareId: id }));
}

function connectionLines({ id, notices }: ConnectionNotices): Notification[] {
  return notices.map((told) => ({ ...line(told, { along: id }), connectionId: id }));
}

function webhookLines({ id, description: webhook, notices }: WebhookNotices): Notification[] {
  return notices.map((told) => ({ ...line(told, { webhook }), webhookId: id }));
}

function line(
  { account, at, id: notificationId, position, correlationId: _, ...told }: Notice,
  about: { readonly share?: string; readonly along?: string; readonly webhook?: string },
): Notification {
  return {
    id: inboxLineId(account, notificationId),
    notificationId,
    account,
    kind: told.kind,
    at,
    position,
    told: { ...told, ...about },
  };
}
