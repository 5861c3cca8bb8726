import { type Decider, type Role, unreachable } from '#domain/kernel';
import type { InboxCommand } from './commands.ts';
import type { InboxEvent } from './events.ts';

/** What an account has read. Its notifications follow from other streams' events and are none of an inbox's. */
export interface InboxState {
  /** Every notification at or before this log position has been read. */
  readonly upTo: number;
  /** Those read one by one since. */
  readonly read: ReadonlySet<string>;
}

/** What reading them all needs to know: the log position up to which they are read. */
export type InboxFacts = { readonly upTo: number } | undefined;

const members: readonly Role[] = ['technician', 'manager', 'administrator'];

/** Who may command. */
export const inboxRoles: Readonly<Record<InboxCommand['type'], readonly Role[]>> = {
  ReadNotification: members,
  ReadAllNotifications: members,
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
        return state.read.has(notificationId)
          ? []
          : [{ type: 'NotificationRead', data: { account, notificationId } }];
      }
      case 'ReadAllNotifications': {
        const upTo = facts?.upTo ?? 0;
        return upTo <= state.upTo ? [] : [{ type: 'AllNotificationsRead', data: { account, upTo } }];
      }
      default:
        return unreachable(type);
    }
  },
};
