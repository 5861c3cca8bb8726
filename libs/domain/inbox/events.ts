import type { DomainEvent } from '#domain/kernel';

/** Notifications follow from other streams' events; an inbox records only that they were read (R-S3). */
export type NotificationRead = DomainEvent<'NotificationRead', { account: string; notificationId: string }>;
/** All notifications of events before this one in the log were read. */
export type AllNotificationsRead = DomainEvent<'AllNotificationsRead', { account: string }>;

export type InboxEvent = NotificationRead | AllNotificationsRead;
