import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Actor, Instant } from '#domain/kernel';
import {
  inboxes,
  inboxProjection,
  isRead,
  type Notification,
  type NotificationKind,
  notifications,
  readMarks,
  sinceAllRead,
} from '#projections/inbox';
import type { ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { gather } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** Something the account was told (R-S3). */
export interface NotificationView {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly shareId?: string;
  readonly connectionId?: string;
  readonly at: Instant;
  readonly read: boolean;
  readonly text: string;
}

/** An account's inbox, the newest first. */
export interface InboxView extends PageOf<NotificationView> {
  readonly unread: number;
}

export class ListInbox extends ViewQuery<InboxView> {
  readonly reads = [inboxProjection.name];

  constructor(
    caller: Actor,
    /** Only those that are read, or only those that are not. */
    readonly read: boolean | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(ListInbox)
export class ListInboxHandler implements IQueryHandler<ListInbox, InboxView> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  async execute({ caller: { account }, read, page }: ListInbox): Promise<InboxView> {
    const inbox = await this.views.get(inboxes, account);
    const query = { index: 'by-account', prefix: [account], direction: 'descending' } as const;
    const found = await gather(page, async (after, limit) => {
      const { items, next } = await this.views.find(notifications, { ...query, after, limit });
      const marks = await this.views.getMany(
        readMarks,
        items.map(({ id }) => id),
      );
      const shown = items.map((line, index) => notificationView(line, isRead(line, inbox, marks[index])));
      return { items: shown.filter((line) => read === undefined || line.read === read), next };
    });
    return { ...found, unread: await unreadCount(this.views, account) };
  }
}

function notificationView(line: Notification, read: boolean): NotificationView {
  const { notificationId: id, kind, shareId, connectionId, at, text } = line;
  return { id, kind, shareId, connectionId, at, read, text };
}

/** How many notifications nobody of the account has read. */
export async function unreadCount(views: ViewReader, account: string): Promise<number> {
  const since = sinceAllRead(account, await views.get(inboxes, account));
  const [told, marked] = await Promise.all([
    views.count(notifications, since),
    views.count(readMarks, since),
  ]);
  return told - marked;
}
