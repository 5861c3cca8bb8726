import {
  type ChangeType,
  changeTypes,
  describe,
  type Recorded,
  redactFor,
  redactForAuditor,
} from '#contracts';
import type { EventReader, Position } from '#event-store';
import { type Counterparty, counterparties, known } from '#projections/accounts';
import { changesProjection, subjectOf } from '#projections/changes';
import type { SettledViews } from '#subscriptions';
import { LoggedEvents, type Reveal } from './logged-events.ts';
import type { ChangePage, ChangeScope, ChangeSelection, Changes, ChangeView, WaitOptions } from './port.ts';
import { type EventRows, SettledRows } from './rows.ts';
import { ChangeTail } from './tail.ts';

export interface ChangeFeedOptions {
  /** As it is stored. */
  readonly log: Pick<EventReader, 'readStream' | 'head'>;
  /** Without it nothing in the log is sealed. */
  readonly reveal?: Reveal | undefined;
  readonly views: SettledViews;
}

/** The projections from which changes are read. */
export const CHANGES_READ: readonly string[] = [changesProjection.name];

/**
 * Changes, read from the view of the accounts that each event concerns. The event itself, redacted for its reader, is
 * read from the log each time; nobody sees a field without an audience (`libs/contracts/audience.ts`).
 */
export class ChangeFeed implements Changes {
  readonly #log: Pick<EventReader, 'head'>;
  readonly #views: SettledViews;
  readonly #events: LoggedEvents;
  readonly #rows: SettledRows;
  readonly #tail: ChangeTail;

  constructor({ log, reveal, views }: ChangeFeedOptions) {
    this.#log = log;
    this.#views = views;
    this.#events = new LoggedEvents(log, reveal);
    this.#rows = new SettledRows(views);
    this.#tail = new ChangeTail(views, this.#rows);
  }

  async read(after: Position, limit: number, selection: ChangeSelection): Promise<ChangePage> {
    const { events: rows, upTo, caughtUp } = await this.#rows.page(after, limit, selection);
    const events = await this.#events.at(rows.map(([first]) => first));
    const named = new Set<string>();
    for (const event of events) describe(event, (account) => collect(named, account));
    for (const { metadata } of events) named.add(metadata.actor.account);
    const names = named.size === 0 ? new Map() : await counterparties(this.#views, named);
    const items = events.flatMap((event, index) => {
      const change = changeViewOf(event, rows[index] as EventRows, selection.of, names);
      const { position, metadata } = event;
      const { traceparent } = metadata;
      return change ? [{ position, change, ...(traceparent !== undefined && { traceparent }) }] : [];
    });
    return { items, upTo, caughtUp };
  }

  wait(after: Position, of: ChangeScope, options: WaitOptions): Promise<Position> {
    return this.#tail.wait(after, of, options);
  }

  now(): Promise<Position> {
    return this.#log.head();
  }

  async isReached(position: Position): Promise<boolean> {
    const seen = await this.#views.checkpoint(changesProjection.name);
    return position <= seen || position <= (await this.#log.head());
  }
}

/** The change as this scope may see it; `undefined` where it may not see it at all. */
function changeViewOf(
  event: Recorded,
  rows: EventRows,
  of: ChangeScope,
  names: ReadonlyMap<string, Counterparty>,
): ChangeView | undefined {
  const [{ root }] = rows;
  const shown = typeof of === 'object' ? redactFor(event, { ...of, root }) : redactForAuditor(event);
  if (shown === undefined) return undefined;
  const { account, role, ...person } = shown.actor;
  const actor = { role, ...(of !== 'companies' && person) };
  return {
    id: event.id,
    time: event.metadata.at,
    type: changeTypes[event.type] as ChangeType,
    subject: subjectOf(event.stream),
    actor: { account: known(names, account), ...actor },
    sentence: describe(event, (id) => known(names, id).name),
    data: shown.data,
    ...(of === 'everyone' && { accounts: rows.map((row) => row.account) }),
  };
}

function collect(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
