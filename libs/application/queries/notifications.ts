import { inboxLineId, notifications } from '#projections/inbox';
import type { ViewReader } from '#view-store';
import type { Notifications } from '../ports.ts';

/** Finds notifications in the inbox view. */
export class ViewNotifications implements Notifications {
  constructor(private readonly views: ViewReader) {}

  async has(account: string, notificationId: string): Promise<boolean> {
    return (await this.views.get(notifications, inboxLineId(account, notificationId))) !== undefined;
  }
}
