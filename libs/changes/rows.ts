import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ChangeType, changeTypes } from '#contracts';
import type { Position } from '#event-store';
import { type ChangeRow, changeRows, changesProjection } from '#projections/changes';
import type { SettledViews } from '#subscriptions';
import type { FindQuery } from '#view-store';
import type { ChangeSelection } from './port.ts';

/** How many rows are asked for at once. */
const ROUND = 200;
/** How many rows of no interest a page passes over before it says how far it came. */
const LOOKED_AT = 2_000;

/** What tells of companies no more than the list of them. */
const OF_COMPANIES: ReadonlySet<ChangeType> = new Set(['account.registered', 'account.changed']);

/** The rows of one event, for each account that is asked about and that it concerns. */
export type EventRows = readonly [ChangeRow, ...ChangeRow[]];

/** Events of a selection, oldest first, and how far the rows have been looked through for them. */
export interface RowPage {
  readonly events: readonly EventRows[];
  readonly upTo: Position;
  /** That was to the end of the view. */
  readonly caughtUp: boolean;
}

/** The rows of the view of changes, as far as it is complete. */
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
   * Whom what happened after a position concerns, each with the position of the last that does; looked through up to
   * `upTo`, which is not the end where there is very much.
   * @throws ViewStoreUnavailable
   */
  async concerned(
    after: Position,
  ): Promise<{ readonly last: ReadonlyMap<string, Position>; readonly upTo: Position }> {
    const { events, upTo } = await this.page(after, LOOKED_AT, { of: 'everyone' });
    const rows = events.flat();
    return { last: new Map(rows.map(({ account, position }) => [account, position])), upTo };
  }

  async #until(end: Position, after: Position, limit: number, selection: ChangeSelection): Promise<RowPage> {
    // The view is being built anew, or this process sees less of it than the one that gave the position.
    if (end <= after) return { events: [], upTo: after, caughtUp: true };
    const concerns = filterOf(selection);
    const { of, types, subject } = selection;
    const isEveryRow = typeof of === 'object' && types === undefined && subject === undefined;
    const query = {
      ...indexFor(selection),
      from: after + 1,
      to: end + 1,
      limit: isEveryRow ? Math.min(limit + 1, ROUND) : ROUND,
    };
    const events: EventRows[] = [];
    /** Of the event at hand, of which more rows may come. */
    let rows: ChangeRow[] = [];
    let position = after;
    let looked = 0;
    let next: string | undefined;
    do {
      if (looked > 0) await nextTurn();
      const page = await this.#views.find(changeRows, { ...query, after: next });
      for (const row of page.items) {
        if (row.position !== position) {
          if (isSome(rows)) events.push(rows);
          if (events.length === limit || looked >= LOOKED_AT) {
            return { events, upTo: position, caughtUp: false };
          }
          rows = [];
          position = row.position;
        }
        looked += 1;
        if (concerns(row)) rows.push(row);
      }
      ({ next } = page);
    } while (next !== undefined);
    if (isSome(rows)) events.push(rows);
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

function isSome(rows: readonly ChangeRow[]): rows is EventRows {
  return rows.length > 0;
}
