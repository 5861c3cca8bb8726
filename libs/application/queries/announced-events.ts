import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { changesState, describe, deserialise, type Recorded, redactFor, type TesseraEvent } from '#contracts';
import { installation } from '#domain/installation';
import type { Actor } from '#domain/kernel';
import type { JsonObject } from '#event-store';
import { counterparties, known } from '#projections/accounts';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import type { RehearsedLog, StreamReader } from '../core/rehearsal.ts';
import { VIEWS } from '../ports.ts';
import { ViewQuery } from './view-query.ts';

/** An event that a command would record, as the caller may see it. */
export interface AnnouncedEvent {
  readonly type: TesseraEvent['type'];
  /** The subject of the event. */
  readonly subject: { readonly kind: string; readonly id: string };
  /** A sentence for people. */
  readonly sentence: string;
  readonly data: JsonObject;
}

/** The events of a dry run that the caller may see, in order. */
export class ListAnnounced extends ViewQuery<readonly AnnouncedEvent[]> {
  readonly reads = [];

  constructor(
    caller: Actor,
    readonly log: RehearsedLog,
  ) {
    super(caller);
  }
}

@QueryHandler(ListAnnounced)
export class ListAnnouncedHandler implements IQueryHandler<ListAnnounced, readonly AnnouncedEvent[]> {
  constructor(@Inject(VIEWS) private readonly views: ViewReader) {}

  async execute({ caller, log }: ListAnnounced): Promise<readonly AnnouncedEvent[]> {
    const { account } = caller;
    const events = log.rehearsed.filter(changesState).map(deserialise);
    const named = new Set<string>();
    for (const event of events) describe(event, (id) => collect(named, id));
    const names = await counterparties(this.views, named);
    const announced: AnnouncedEvent[] = [];
    for (const event of events) {
      const shown = redactFor(event, { account, root: await rootOf(event, log) });
      if (shown === undefined) continue;
      const sentence = describe(event, (id) => known(names, id).name);
      announced.push({ type: event.type, subject: subjectOf(event), sentence, data: shown.data });
    }
    return announced;
  }
}

/** Of an installation: the account that registered it, from its first event. */
async function rootOf({ stream }: Recorded, log: StreamReader): Promise<string | undefined> {
  if (!stream.startsWith(streamName(installation, ''))) return undefined;
  const [first] = await log.readStream(stream, { limit: 1 });
  return first?.data.account as string | undefined;
}

function subjectOf({ stream }: Recorded): AnnouncedEvent['subject'] {
  const end = stream.indexOf('-');
  return { kind: stream.slice(0, end), id: stream.slice(end + 1) };
}

function collect(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
