// A mark names the notification by the id of its event; that event gives its place in the inbox.
import type { Recorded } from '#contracts';
import type { NotificationRead } from '#domain/inbox';
import { type Change, change } from '#subscriptions';
import type { Handlers } from '../define.ts';
import {
  formerNotificationId,
  inboxLineId,
  type NoticePlace,
  noticePlaces,
  type ReadMark,
} from './document.ts';

/** Handlers of events that may notify, which also keep the places of those notifications. */
export function notifying(handlers: Handlers): Handlers {
  const placing = Object.entries(handlers).map(([type, handler]) => {
    const notify = handler as (event: Recorded) => readonly Change[];
    return [
      type,
      (event: Recorded) => {
        const changes = notify(event);
        return changes.length === 0 ? changes : [...changes, ...placesOf(event)];
      },
    ];
  });
  return Object.fromEntries(placing);
}

function placesOf({ id: notificationId, position }: Recorded): Change[] {
  return [notificationId, formerNotificationId(position)].map((id) =>
    change(noticePlaces, id, (place) => place ?? { id, notificationId, position, readBy: [] }),
  );
}

export function markRead({ data: { account, notificationId } }: Recorded<NotificationRead>): Change {
  return change(noticePlaces, notificationId, (place) =>
    place === undefined || place.readBy.includes(account)
      ? place
      : { ...place, readBy: [...place.readBy, account] },
  );
}

export function marksOf({ notificationId, position, readBy }: NoticePlace): ReadMark[] {
  return readBy.map((account) => ({
    id: inboxLineId(account, notificationId),
    account,
    notificationPosition: position,
  }));
}
