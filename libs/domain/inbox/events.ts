import type { DomainEvent } from '#domain/kernel';

/** Notifications follow from what happened elsewhere; that one was read is all an inbox records (R-S3). */
export type NotificationRead = DomainEvent<'NotificationRead', { account: string; notificationId: string }>;
/** All that was in the inbox by then: every notification of what comes before this in the log. */
export type AllNotificationsRead = DomainEvent<'AllNotificationsRead', { account: string }>;

export type InboxEvent = NotificationRead | AllNotificationsRead;
