import type { DomainEvent } from '#domain/kernel';

/** Notifications follow from what happened elsewhere; that one was read is all an inbox records (R-S3). */
export type NotificationRead = DomainEvent<'NotificationRead', { account: string; notificationId: string }>;
/** All that was in the inbox when it was decided: every notification at or before this log position. */
export type AllNotificationsRead = DomainEvent<'AllNotificationsRead', { account: string; upTo: number }>;

export type InboxEvent = NotificationRead | AllNotificationsRead;
