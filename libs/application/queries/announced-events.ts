import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { changesState, describe, deserialise, type Recorded, redactFor, type TesseraEvent } from '#contracts';
import { installation } from '#domain/installation';
import type { Actor } from '#domain/kernel';
import type { JsonObject, RecordedEvent } from '#event-store';
import { counterparties, known } from '#projections/accounts';
import type { ViewReader } from '#view-store';
import { Aggregates } from '../core/aggregates.ts';
import { VIEWS } from '../ports.ts';
import { ViewQuery } from './view-query.ts';

/** An event that a command would record, as the caller may see it. */
export interface AnnouncedEvent {
  readonly type: TesseraEvent['type'];
  /** What it would happen to. */
  readonly subject: { readonly kind: string; readonly id: string };
  /** What would have happened, for people. */
  readonly sentence: string;
  readonly data: JsonObject;
}

/** What the caller may see of rehearsed events, in their order. */
export class ListAnnounced extends ViewQuery<readonly AnnouncedEvent[]> {
  readonly reads = [];

  constructor(
    caller: Actor,
    readonly rehearsed: readonly RecordedEvent[],
  ) {
    super(caller);
  }
}

@QueryHandler(ListAnnounced)
export class ListAnnouncedHandler implements IQueryHandler<ListAnnounced, readonly AnnouncedEvent[]> {
  constructor(
    private readonly aggregates: Aggregates,
    @Inject(VIEWS) private readonly views: ViewReader,
  ) {}

  async execute({ caller, rehearsed }: ListAnnounced): Promise<readonly AnnouncedEvent[]> {
    const { account } = caller;
    const events = rehearsed.filter(changesState).map(deserialise);
    const named = new Set<string>();
    for (const event of events) describe(event, (id) => remember(named, id));
    const names = await counterparties(this.views, named);
    const announced: AnnouncedEvent[] = [];
    for (const event of events) {
      const shown = redactFor(event, { account, root: await this.rootOf(event, account) });
      if (shown === undefined) continue;
      const sentence = describe(event, (id) => known(names, id).name);
      announced.push({ type: event.type, subject: subjectOf(event), sentence, data: shown.data });
    }
    return announced;
  }

  /** Of an installation: the account that registered it, or is about to. */
  private async rootOf(event: Recorded, account: string): Promise<string | undefined> {
    const { kind, id } = subjectOf(event);
    if (kind !== installation.category) return undefined;
    const state = await this.aggregates.known(installation, id);
    return state.status === 'none' ? account : state.tree.root;
  }
}

function subjectOf({ stream }: Recorded): AnnouncedEvent['subject'] {
  const end = stream.indexOf('-');
  return { kind: stream.slice(0, end), id: stream.slice(end + 1) };
}

function remember(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
