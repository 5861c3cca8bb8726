import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ChangeType, changeTypes } from '#contracts';
import type { Position } from '#event-store';
import { type ChangeRow, changeRows, changesProjection } from '#projections/changes';
import type { SettledViews } from '#subscriptions';
import type { FindQuery } from '#view-store';
import type { ChangeSelection } from './port.ts';

/** How many rows are read at once. */
const PAGE = 200;
/** How many rows a page examines before it returns, even without a match. */
const MAX_EXAMINED = 2_000;

/** The changes of the list of companies. */
const OF_COMPANIES: ReadonlySet<ChangeType> = new Set(['account.registered', 'account.changed']);

/** The rows of one event: one for each account in the scope that it concerns. */
export type EventRows = readonly [ChangeRow, ...ChangeRow[]];

/** Events of a selection, oldest first, and the position up to which the rows have been examined. */
export interface RowPage {
  readonly events: readonly EventRows[];
  readonly upTo: Position;
  /** The end of the view was reached. */
  readonly caughtUp: boolean;
}

/** The rows of the view of changes, read only where it is complete. */
export class SettledRows {
  readonly #views: SettledViews;

  constructor(views: SettledViews) {
    this.#views = views;
  }

  /**
   * At most `limit` events of the selection after a position.
   * @throws ViewStoreUnavailable
   */
  async page(after: Position, limit: number, selection: ChangeSelection): Promise<RowPage> {
    const { result } = await this.#views.settled(changesProjection.name, (end) =>
      this.#until(end, after, limit, selection),
    );
    return result;
  }

  /**
   * Whom what happened after a position concerns, each with the position of the last that does; examined through up to
   * `upTo`, which is not the end where there are very many.
   * @throws ViewStoreUnavailable
   */
  async concerned(
    after: Position,
  ): Promise<{ readonly last: ReadonlyMap<string, Position>; readonly upTo: Position }> {
    const { events, upTo } = await this.page(after, MAX_EXAMINED, { of: 'everyone' });
    const rows = events.flat();
    return { last: new Map(rows.map(({ account, position }) => [account, position])), upTo };
  }

  async #until(end: Position, after: Position, limit: number, selection: ChangeSelection): Promise<RowPage> {
    // The view is being rebuilt, or this process reads an older state than the one that returned the position.
    if (end <= after) return { events: [], upTo: after, caughtUp: true };
    const concerns = filterOf(selection);
    const { of, types, subject } = selection;
    const isEveryRow = typeof of === 'object' && types === undefined && subject === undefined;
    const query = {
      ...indexFor(selection),
      from: after + 1,
      to: end + 1,
      limit: isEveryRow ? Math.min(limit + 1, PAGE) : PAGE,
    };
    const events: EventRows[] = [];
    /** The rows of the current event so far. */
    let rows: ChangeRow[] = [];
    let position = after;
    let examined = 0;
    let next: string | undefined;
    do {
      if (examined > 0) await nextTurn();
      const page = await this.#views.find(changeRows, { ...query, after: next });
      for (const row of page.items) {
        if (row.position !== position) {
          if (isNotEmpty(rows)) events.push(rows);
          if (events.length === limit || examined >= MAX_EXAMINED) {
            return { events, upTo: position, caughtUp: false };
          }
          rows = [];
          position = row.position;
        }
        examined += 1;
        if (concerns(row)) rows.push(row);
      }
      ({ next } = page);
    } while (next !== undefined);
    if (isNotEmpty(rows)) events.push(rows);
    return { events, upTo: end, caughtUp: true };
  }
}

function indexFor({ of, subject }: ChangeSelection): Pick<FindQuery, 'index' | 'prefix'> {
  if (subject !== undefined) return { index: 'by-subject', prefix: [subject] };
  if (typeof of === 'object') return { index: 'by-account', prefix: [of.account] };
  return { index: 'in-order', prefix: [] };
}

function filterOf({ of, types }: ChangeSelection): (row: ChangeRow) => boolean {
  return ({ account, type }) => {
    if (typeof of === 'object' && account !== of.account) return false;
    const name = changeTypes[type] as ChangeType;
    if (of === 'companies' && !OF_COMPANIES.has(name)) return false;
    return types === undefined || types.has(name);
  };
}

function isNotEmpty(rows: readonly ChangeRow[]): rows is EventRows {
  return rows.length > 0;
}
