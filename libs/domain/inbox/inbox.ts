import { type Decider, notFound, type Role, unreachable } from '#domain/kernel';
import type { InboxCommand } from './commands.ts';
import type { InboxEvent } from './events.ts';

/** What an account has read. The notifications follow from other streams' events and are not part of this state. */
export interface InboxState {
  /** Every notification at or before this log position has been read. */
  readonly upTo: number;
  /** Those read one by one since. */
  readonly read: ReadonlySet<string>;
}

/** The facts about the notifications in an inbox. */
export interface InboxFacts {
  /** For `ReadNotification`: whether the account has that notification. */
  readonly isThere?: boolean;
  /** For `ReadAllNotifications`: the log position up to which they are read. */
  readonly upTo?: number;
}

/** Marking as read is for the whole account, so technicians may not do it (R-S3). */
const markers: readonly Role[] = ['manager', 'administrator'];

/** The roles that may send each command. */
export const inboxRoles: Readonly<Record<InboxCommand['type'], readonly Role[]>> = {
  ReadNotification: markers,
  ReadAllNotifications: markers,
};

/** The accounts' inboxes; streams `inbox-<account id>`. */
export const inbox: Decider<InboxState, InboxCommand, InboxEvent, InboxFacts> = {
  category: 'inbox',
  initial: { upTo: 0, read: new Set() },
  evolve(state, event) {
    switch (event.type) {
      case 'NotificationRead':
        return { ...state, read: new Set(state.read).add(event.data.notificationId) };
      case 'AllNotificationsRead':
        // Every notification read one by one is at or before this position, so it need not be remembered.
        return { upTo: event.data.upTo, read: new Set() };
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
      case 'ReadAllNotifications': {
        const { upTo = 0 } = facts;
        return upTo <= state.upTo ? [] : [{ type: 'AllNotificationsRead', data: { account, upTo } }];
      }
      default:
        return unreachable(type);
    }
  },
};
