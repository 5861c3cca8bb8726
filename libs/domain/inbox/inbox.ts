import { type Decider, notFound, type Role, unreachable } from '#domain/kernel';
import type { InboxCommand } from './commands.ts';
import type { InboxEvent } from './events.ts';

/** What an account has read. The notifications follow from other streams' events and are not part of this state. */
export interface InboxState {
  /** Notifications read one by one since all were read. */
  readonly read: ReadonlySet<string>;
}

/** The facts about the notifications in an inbox. */
export interface InboxFacts {
  /** For `ReadNotification`: whether the account has that notification. */
  readonly isThere?: boolean;
}

/** Marking as read is for the whole account, so technicians may not do it (R-S3). */
const inboxMarkers: readonly Role[] = ['manager', 'administrator'];

/** The roles that may send each command. */
export const inboxRoles: Readonly<Record<InboxCommand['type'], readonly Role[]>> = {
  ReadNotification: inboxMarkers,
  ReadAllNotifications: inboxMarkers,
};

/** The accounts' inboxes; streams `inbox-<account id>`. */
export const inbox: Decider<InboxState, InboxCommand, InboxEvent, InboxFacts> = {
  category: 'inbox',
  initial: { read: new Set() },
  evolve(state, event) {
    switch (event.type) {
      case 'NotificationRead':
        return { read: new Set(state.read).add(event.data.notificationId) };
      case 'AllNotificationsRead':
        // Every notification read one by one is before this, so it need not be remembered.
        return { read: new Set() };
      default:
        return unreachable(event);
    }
  },
  decide({ type, data, actor: { account } }, state, facts) {
    switch (type) {
      case 'ReadNotification': {
        const { notificationId } = data;
        if (!facts.isThere) throw notFound('notification');
        return state.read.has(notificationId)
          ? []
          : [{ type: 'NotificationRead', data: { account, notificationId } }];
      }
      case 'ReadAllNotifications':
        // There may be new notifications since, which follow from other streams.
        return [{ type: 'AllNotificationsRead', data: { account } }];
      default:
        return unreachable(type);
    }
  },
};
