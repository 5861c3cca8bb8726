import type { GrantRefusal } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { CollectionDefinition, Document, FindQuery } from '#view-store';
import type { Reflecting } from '../reflecting.ts';

export type NotificationKind =
  | 'connection-active'
  | 'connection-ended'
  | 'share-requested'
  | 'share-cancelled'
  | 'share-rejected'
  | 'share-available'
  | 'share-processed'
  | 'share-partly-revoked'
  | 'share-revoked'
  | 'access-withdrawn'
  | 'access-returned'
  | 'access-refused';

/** What it takes to say in a sentence what an account is told: who did what, with how much, and why. */
export interface Told {
  readonly kind: NotificationKind;
  /** The account whose doing it is. */
  readonly by: string;
  /** What it follows from, where that is more than the doing itself. */
  readonly following?: 'connection-ended' | 'access-lost';
  /** How many installations it is about, where that is told. */
  readonly installations?: number;
  readonly reason?: string;
  /** The rule that kept access from beginning. */
  readonly refusal?: GrantRefusal;
}

/** Something one account is told. */
export interface Notice extends Told {
  readonly account: string;
  readonly at: Instant;
  /** Of the event that first told it. */
  readonly position: number;
  /** What was asked, wherever: what follows from one request is told once. */
  readonly correlationId: string;
}

/** What the parties of a share are told about it, with what it takes to say so. */
export interface ShareNotices extends Reflecting {
  /** The share's id. */
  readonly id: string;
  readonly requester: string;
  readonly provider: string;
  readonly name: string;
  readonly connectionId: string;
  readonly notices: readonly Notice[];
}

export const shareNotices: CollectionDefinition<ShareNotices> = { name: 'share-notices', indexes: {} };

/** What the parties of a connection are told about it. */
export interface ConnectionNotices extends Reflecting {
  /** The connection's id. */
  readonly id: string;
  readonly accounts: readonly string[];
  readonly notices: readonly Notice[];
}

export const connectionNotices: CollectionDefinition<ConnectionNotices> = {
  name: 'connection-notices',
  indexes: {},
};

/** One line of an account's inbox. Whether it is read, `Inbox` and `readMarks` tell. */
export interface Notification extends Document {
  /** `<account>:<notification>`. */
  readonly id: string;
  readonly notificationId: string;
  readonly account: string;
  readonly kind: NotificationKind;
  readonly shareId?: string;
  readonly connectionId?: string;
  readonly at: Instant;
  readonly position: number;
  /** Absent in the documents of former versions, which hold a text instead. */
  readonly told?: Told & {
    /** The name of the share it is about. */
    readonly share?: string;
    /** The connection it is about, or along which the share goes. */
    readonly along: string;
  };
  readonly text?: string;
}

export const notifications: CollectionDefinition<Notification> = {
  name: 'notifications',
  indexes: { 'by-account': ({ account, position }) => [account, position] },
};

/** Up to where an account has read everything. */
export interface Inbox extends Reflecting {
  /** The account's id. */
  readonly id: string;
  /** Every notification at or before this position is read. */
  readonly upTo: number;
}

export const inboxes: CollectionDefinition<Inbox> = { name: 'inboxes', indexes: {} };

/** That an account has read one notification. */
export interface ReadMark extends Reflecting {
  /** The notification's, `<account>:<notification>`. */
  readonly id: string;
  readonly account: string;
  readonly notificationPosition: number;
}

export const readMarks: CollectionDefinition<ReadMark> = {
  name: 'read-marks',
  indexes: { 'by-account': ({ account, notificationPosition }) => [account, notificationPosition] },
};

/** A line of an account's inbox. */
export function inboxLineId(account: string, notificationId: string): string {
  return `${account}:${notificationId}`;
}

const ID_PREFIX = '00000000-0000-8000-8';
const POSITION_DIGITS = 15;

/**
 * A notification's id: a UUID (version 8) that spells the position of its event, which tells an account one thing at
 * most. So a read mark knows its place in the inbox from the id alone.
 */
export function notificationId(position: number): string {
  const digits = position.toString(16).padStart(POSITION_DIGITS, '0');
  return `${ID_PREFIX}${digits.slice(0, 3)}-${digits.slice(3)}`;
}

/** The position a notification's id spells; `undefined` when it is no such id. */
export function notificationPosition(id: string): number | undefined {
  const position = Number.parseInt(id.slice(ID_PREFIX.length).replace('-', ''), 16);
  return Number.isSafeInteger(position) && notificationId(position) === id ? position : undefined;
}

/** Whether the account has read it: on its own, or with all the others. */
export function isRead(
  notification: Notification,
  inbox: Inbox | undefined,
  mark: ReadMark | undefined,
): boolean {
  return mark !== undefined || (inbox !== undefined && notification.position <= inbox.upTo);
}

/**
 * What to count in `notifications`, and again in `readMarks`: the first less the second are unread.
 */
export function sinceAllRead(
  account: string,
  inbox: Inbox | undefined,
): Pick<FindQuery, 'index' | 'prefix' | 'from'> {
  const query = { index: 'by-account', prefix: [account] };
  return inbox === undefined ? query : { ...query, from: inbox.upTo + 1 };
}

/** What to look for in `notifications` for what was read all at once; nothing before that ever happened. */
export function untilAllRead(
  account: string,
  inbox: Inbox | undefined,
): Pick<FindQuery, 'index' | 'prefix' | 'to'> {
  return { index: 'by-account', prefix: [account], to: inbox === undefined ? 0 : inbox.upTo + 1 };
}
