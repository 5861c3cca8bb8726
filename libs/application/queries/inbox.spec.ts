import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '#domain/kernel';
import { type Position } from '#event-store';
import { inboxes, inboxLineId, notifications, readMarks } from '#projections/inbox';
import { SqliteViewStore } from '#view-store/sqlite';
import { ListInbox, ListInboxHandler, MAX_UNREAD, unreadCount } from './inbox.ts';

const US = 'us';
const caller = { account: US, user: 'ann', roles: ['administrator'] } as Actor;

let views: SqliteViewStore;
beforeEach(() => {
  views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
});
afterEach(() => views.close());

interface InboxMarks {
  readonly marked: ReadonlySet<number>;
  readonly upTo: number | undefined;
}

async function fillInbox(count: number, { marked, upTo }: InboxMarks): Promise<void> {
  const writes = [];
  for (let position = 1; position <= count; position++) {
    const notificationId = `event-${position}`;
    const id = inboxLineId(US, notificationId);
    const line = { id, notificationId, account: US, position, text: `${position}` };
    writes.push({ collection: notifications, id, document: line });
    if (!marked.has(position)) continue;
    const mark = { id, account: US, notificationPosition: position };
    writes.push({ collection: readMarks, id, document: mark });
  }
  if (upTo !== undefined)
    writes.push({ collection: inboxes, id: US, document: { id: US, upTo, revision: 0 } });
  const checkpoint = await views.checkpoint('spec');
  await views.commit({ follower: 'spec', from: checkpoint, to: (checkpoint + 1) as Position, writes });
}

/** What each page shows. */
async function pagesOf(read: boolean | undefined, pageSize: number): Promise<number[][]> {
  const handler = new ListInboxHandler(views);
  const pages: number[][] = [];
  let pageToken: string | undefined;
  do {
    const page = await handler.execute(new ListInbox(caller, read, { pageSize, pageToken }));
    pages.push(page.items.map(({ text }) => Number(text)));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return pages;
}

describe('an inbox', () => {
  it('is listed by what is read and what is not, whichever way it was read', async () => {
    const position = fc.integer({ min: 1, max: 30 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 30 }),
        fc.uniqueArray(position),
        fc.option(position, { nil: undefined }),
        fc.integer({ min: 1, max: 7 }),
        async (count, marks, upTo, pageSize) => {
          await views.close();
          views = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
          const marked = new Set(marks);
          await fillInbox(count, { marked, upTo });
          const all = Array.from({ length: count }, (_, index) => count - index);
          const isRead = (line: number) => marked.has(line) || line <= (upTo ?? 0);
          const flat = async (read?: boolean) => (await pagesOf(read, pageSize)).flat();
          expect(await flat()).toEqual(all);
          expect(await flat(true)).toEqual(all.filter(isRead));
          expect(await flat(false)).toEqual(all.filter((line) => !isRead(line)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds what was read among thousands that were not by its marks, and the other way round', async () => {
    await fillInbox(5_000, { marked: new Set([3]), upTo: undefined });
    expect(await pagesOf(true, 1)).toEqual([[3]]);
    await fillInbox(5_000, { marked: new Set(), upTo: 4_999 });
    expect(await pagesOf(false, 1)).toEqual([[5_000]]);
  });

  it('counts what is unread up to ten thousand', async () => {
    await fillInbox(40, { marked: new Set([3, 30]), upTo: 20 });
    expect(await unreadCount(views, US)).toBe(19);
    await fillInbox(MAX_UNREAD + 22, { marked: new Set(), upTo: undefined });
    expect(await unreadCount(views, US)).toBe(MAX_UNREAD);
    await fillInbox(0, { marked: new Set(), upTo: MAX_UNREAD });
    expect(await unreadCount(views, US)).toBe(22);
  });
});
