import type { GrantRefusal } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { DisablingReason } from '#domain/webhook';
import type { CollectionDefinition, Document, FindQuery } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

export type NotificationKind =
  | 'connection-active'
  | 'connection-ended'
  | 'share-requested'
  | 'share-cancelled'
  | 'share-rejected'
  | 'share-available'
  | 'share-processed'
  | 'share-partly-revoked'
  | 'share-revoked'
  | 'share-extended'
  | 'share-expiring'
  | 'share-expired'
  | 'access-withdrawn'
  | 'access-returned'
  | 'access-refused'
  | 'webhook-disabled';

/** The values for a notification's sentence: who did what, with how many installations, and why. */
export interface NoticeDetails {
  readonly kind: NotificationKind;
  /** The account that acted. */
  readonly by: string;
  /** The cause, where it is not the action itself. */
  readonly following?: 'connection-ended' | 'access-lost';
  /** How many installations it is about, where that is shown. */
  readonly installations?: number;
  readonly reason?: string;
  /** When access ends, or ended, by itself (R-E1). */
  readonly until?: Instant;
  /** The rule that refused the access. */
  readonly refusal?: GrantRefusal;
  /** Why deliveries ended, and since when there was cause for that. */
  readonly disabled?: { readonly reason: DisablingReason; readonly since?: Instant };
}

/** A notification to one account. */
export interface Notice extends NoticeDetails {
  readonly account: string;
  readonly at: Instant;
  /** Of the event that first caused it, as is `position`: it causes at most one notification to an account. */
  readonly id: string;
  readonly position: number;
  /** The request it follows from: the effects of one request are notified once. */
  readonly correlationId: string;
}

/** The notifications about a share, with the values for their sentences. */
export interface ShareNotices extends Reflecting {
  /** The share's id. */
  readonly id: string;
  readonly requester: string;
  readonly provider: string;
  readonly name: string;
  readonly connectionId: string;
  readonly notices: readonly Notice[];
}

export const shareNotices: CollectionDefinition<ShareNotices> = { name: 'share-notices', indexes: {} };

/** The notifications about a connection. */
export interface ConnectionNotices extends Reflecting {
  /** The connection's id. */
  readonly id: string;
  readonly accounts: readonly string[];
  readonly notices: readonly Notice[];
}

export const connectionNotices: CollectionDefinition<ConnectionNotices> = {
  name: 'connection-notices',
  indexes: {},
};

/** The notifications about a webhook. */
export interface WebhookNotices extends Reflecting {
  /** The webhook's id. */
  readonly id: string;
  readonly description?: string;
  readonly notices: readonly Notice[];
}

export const webhookNotices: CollectionDefinition<WebhookNotices> = { name: 'webhook-notices', indexes: {} };

/** One line of an account's inbox. `Inbox` and `readMarks` have whether it is read. */
export interface Notification extends Document {
  /** `<account>:<notification>`. */
  readonly id: string;
  /** The id of the event that first caused it. */
  readonly notificationId: string;
  readonly account: string;
  readonly kind: NotificationKind;
  readonly shareId?: string;
  readonly connectionId?: string;
  readonly webhookId?: string;
  readonly at: Instant;
  readonly position: number;
  /** Absent in the documents of versions before 7. */
  readonly details?: NoticeDetails & {
    /** The name of the share it is about. */
    readonly share?: string;
    /** The connection it is about, or along which the share goes. */
    readonly along?: string;
    /** The description of the webhook it is about. */
    readonly webhook?: string;
  };
  readonly text?: string;
}

export const notifications: CollectionDefinition<Notification> = {
  name: 'notifications',
  indexes: { 'by-account': ({ account, position }) => [account, position] },
};

/** The position up to which an account has read everything. */
export interface Inbox extends Reflecting {
  /** The account's id. */
  readonly id: string;
  /** Every notification at or before this position is read. */
  readonly upTo: number;
}

export const inboxes: CollectionDefinition<Inbox> = { name: 'inboxes', indexes: {} };

/** Where the notifications that an event may have caused are in the inboxes, and which accounts have read theirs. */
export interface NoticePlace extends Document {
  /** As events name the notification that was read: the event's id, or what it was called formerly. */
  readonly id: string;
  readonly notificationId: string;
  readonly position: number;
  readonly readBy: readonly string[];
}

export const noticePlaces: CollectionDefinition<NoticePlace> = { name: 'notice-places', indexes: {} };

/** That an account has read one notification. */
export interface ReadMark extends Document {
  /** The notification's, `<account>:<notification>`. */
  readonly id: string;
  readonly account: string;
  readonly notificationPosition: number;
}

export const readMarks: CollectionDefinition<ReadMark> = {
  name: 'read-marks',
  indexes: { 'by-account': ({ account, notificationPosition }) => [account, notificationPosition] },
};

/** A line of an account's inbox. */
export function inboxLineId(account: string, notificationId: string): string {
  return `${account}:${notificationId}`;
}

const FORMER_PREFIX = '00000000-0000-8000-8';
const POSITION_DIGITS = 15;

/**
 * What a notification was called formerly: a UUID (version 8) with the position of its event, which is another one in
 * another store. Events name them so.
 */
export function formerNotificationId(position: number): string {
  const digits = position.toString(16).padStart(POSITION_DIGITS, '0');
  return `${FORMER_PREFIX}${digits.slice(0, 3)}-${digits.slice(3)}`;
}

/** Whether the account has read it: individually, or together with all others. */
export function isRead(
  notification: Notification,
  inbox: Inbox | undefined,
  mark: ReadMark | undefined,
): boolean {
  return mark !== undefined || (inbox !== undefined && notification.position <= inbox.upTo);
}

/**
 * The query to count in `notifications`, and again in `readMarks`: the first minus the second are unread.
 */
export function sinceAllRead(
  account: string,
  inbox: Inbox | undefined,
): Pick<FindQuery, 'index' | 'prefix' | 'from'> {
  const query = { index: 'by-account', prefix: [account] };
  return inbox === undefined ? query : { ...query, from: inbox.upTo + 1 };
}

/** The query in `notifications` for all up to the position that everything was read to; empty before that happened. */
export function untilAllRead(
  account: string,
  inbox: Inbox | undefined,
): Pick<FindQuery, 'index' | 'prefix' | 'to'> {
  return { index: 'by-account', prefix: [account], to: inbox === undefined ? 0 : inbox.upTo + 1 };
}
