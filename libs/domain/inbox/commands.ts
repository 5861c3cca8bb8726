import type { Command } from '#domain/kernel';

export type ReadNotification = Command<'ReadNotification', { notificationId: string }>;
export type ReadAllNotifications = Command<'ReadAllNotifications', Record<string, never>>;

export type InboxCommand = ReadNotification | ReadAllNotifications;
