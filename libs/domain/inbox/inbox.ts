import { type Decider, notFound, type Role, unreachable } from '#domain/kernel';
import type { InboxCommand } from './commands.ts';
import type { InboxEvent } from './events.ts';

/** What an account has read. Its notifications follow from other streams' events and are none of an inbox's. */
export interface InboxState {
  /** Every notification at or before this log position has been read. */
  readonly upTo: number;
  /** Those read one by one since. */
  readonly read: ReadonlySet<string>;
}

/** What an inbox has to be told of what stands in it. */
export interface InboxFacts {
  /** For `ReadNotification`: whether the account was told that. */
  readonly isThere?: boolean;
  /** For `ReadAllNotifications`: the log position up to which they are read. */
  readonly upTo?: number;
}

/** What is read is read for the whole account: not by those who only keep logbooks (R-S3). */
const markers: readonly Role[] = ['manager', 'administrator'];

/** Who may command. */
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
        // Whatever was read one by one stood in the inbox by then: remembering it would only make the set grow.
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
