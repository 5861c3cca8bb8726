import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Actor, Instant } from '#domain/kernel';
import { accountsProjection, counterparties, known } from '#projections/accounts';
import { connectionsProjection, partyConnectionId, partyConnections } from '#projections/connections';
import {
  type Inbox,
  inboxes,
  inboxProjection,
  isRead,
  type Notification,
  type NotificationKind,
  notifications,
  readMarks,
  sinceAllRead,
  untilAllRead,
} from '#projections/inbox';
import type { ViewReader } from '#view-store';
import { VIEWS } from '../ports.ts';
import { noticeText } from './notice-text.ts';
import { collectPage, withItems } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** A notification to an account (R-S3). */
export interface NotificationView {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly shareId?: string;
  readonly connectionId?: string;
  readonly webhookId?: string;
  readonly at: Instant;
  readonly read: boolean;
  readonly text: string;
}

/** An account's inbox, the newest first. */
export interface InboxView extends PageOf<NotificationView> {
  readonly unread: number;
}

export class ListInbox extends ViewQuery<InboxView> {
  readonly reads = [inboxProjection.name, accountsProjection.name, connectionsProjection.name];

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
    const [found, unread] = await Promise.all([
      read === true ? this.read(account, inbox, page) : this.listed(account, inbox, read, page),
      unreadCount(this.views, account),
    ]);
    return { ...withItems(found, await this.withTexts(found.items)), unread };
  }

  /** The sentences of the lines, with the current names. */
  private async withTexts(lines: readonly ReadLine[]): Promise<NotificationView[]> {
    const all = lines.flatMap(({ line }) =>
      line.details ? [{ ...line.details, account: line.account }] : [],
    );
    const ids = [
      ...new Set(all.flatMap(({ along, account }) => (along ? [partyConnectionId(along, account)] : []))),
    ];
    const [names, links] = await Promise.all([
      counterparties(
        this.views,
        all.map(({ by }) => by),
      ),
      this.views.getMany(partyConnections, ids),
    ]);
    const labels = new Map(ids.map((id, index) => [id, links[index]?.label]));
    return lines.map(({ line, read }) => {
      const {
        notificationId: id,
        account,
        kind,
        shareId,
        connectionId,
        webhookId,
        at,
        details,
        text = '',
      } = line;
      const shown = { id, kind, shareId, connectionId, webhookId, at, read };
      if (details === undefined) return { ...shown, text };
      const connection = details.along && labels.get(partyConnectionId(details.along, account));
      const who = details.by === account ? 'You' : known(names, details.by).name;
      return {
        ...shown,
        text: noticeText(details, { who, share: details.share, connection, webhook: details.webhook }),
      };
    });
  }

  private listed(
    account: string,
    inbox: Inbox | undefined,
    read: false | undefined,
    page: PageRequest,
  ): Promise<PageOf<ReadLine>> {
    const range = read === false ? sinceAllRead(account, inbox) : { index: 'by-account', prefix: [account] };
    const query = { ...range, direction: 'descending' } as const;
    return collectPage(this.views, { collection: notifications, query }, page, async (lines) => {
      const marks = await this.views.getMany(
        readMarks,
        lines.map(({ id }) => id),
      );
      const shown = lines.map((line, index) => ({ line, read: isRead(line, inbox, marks[index]) }));
      return shown.map((line) => (read === undefined || line.read === read ? line : undefined));
    });
  }

  /** Notifications marked one by one since everything was read, then everything before. */
  private async read(
    account: string,
    inbox: Inbox | undefined,
    page: PageRequest,
  ): Promise<PageOf<ReadLine>> {
    const { pageSize, pageToken } = page;
    if (pageToken === undefined || !pageToken.startsWith(BEFORE)) {
      const query = { ...sinceAllRead(account, inbox), direction: 'descending' } as const;
      const marked = await collectPage(this.views, { collection: readMarks, query }, page, async (marks) => {
        const lines = await this.views.getMany(
          notifications,
          marks.map(({ id }) => id),
        );
        return lines.map((line) => line && { line, read: true });
      });
      if (marked.nextPageToken !== undefined || inbox === undefined) return marked;
      if (marked.items.length > 0) return { ...marked, nextPageToken: BEFORE };
    }
    const query = { ...untilAllRead(account, inbox), direction: 'descending' } as const;
    const after = pageToken?.slice(BEFORE.length) || undefined;
    const lines = await this.views.find(notifications, { ...query, after, limit: pageSize });
    return {
      items: lines.items.map((line) => ({ line, read: true })),
      nextPageToken: lines.next && BEFORE + lines.next,
    };
  }
}

/** The prefix of page tokens in the part that was read all at once; the rest is the view's token. */
const BEFORE = 'before-';

/** A line, and whether it is read. */
interface ReadLine {
  readonly line: Notification;
  readonly read: boolean;
}

/** Up to how many unread notifications are counted. */
export const MAX_UNREAD = 10_000;

/** How many notifications nobody of the account has read; 10,000 where there are as many or more. */
export async function unreadCount(views: ViewReader, account: string): Promise<number> {
  const since = sinceAllRead(account, await views.get(inboxes, account));
  // One for each command, so there are few.
  const marked = await views.count(readMarks, since);
  const count = await views.countUpTo(notifications, since, MAX_UNREAD + marked);
  return count === undefined ? MAX_UNREAD : count - marked;
}
