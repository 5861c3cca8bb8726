import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  changesState,
  describe,
  deserialise,
  type Recorded,
  redactFor,
  redactForAuditor,
  type SeenEvent,
  type TesseraEvent,
} from '#contracts';
import { type Actor, type Instant, notFound, Refusal, type Role } from '#domain/kernel';
import type { EventReader, JsonObject, RecordedEvent, Revision } from '#event-store';
import { type Counterparty, counterparties, known } from '#projections/accounts';
import { InvalidPageToken, type ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import { pagesOf, weightOf } from '../core/stream-pages.ts';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import {
  type AuditedKind,
  type Auditing,
  type AuditReader,
  type AuditSubject,
  auditSubjects,
  wholeFor,
} from './audit-subjects.ts';
import { readHistory } from './history.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** Who did something: the account, and for its own members and for auditors the person. */
export interface AuditedActor {
  readonly account: Counterparty;
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; for those who are told the person. */
  readonly service?: string;
}

/** One event of a history. */
export interface AuditEntry {
  readonly id: string;
  readonly revision: number;
  readonly time: Instant;
  readonly actor: AuditedActor;
  /** The command that led to it. */
  readonly command: string;
  /** The event, or else the command, it follows from. */
  readonly cause: string;
  /** Constant along everything one request led to. */
  readonly correlation: string;
  readonly type: TesseraEvent['type'];
  /** What happened, for people. */
  readonly sentence: string;
  /** As the caller may see it. */
  readonly data: JsonObject;
}

/** The ordered history of one thing. */
export interface AuditHistory extends PageOf<AuditEntry> {
  /** The state at the moment asked for, as the caller may see it; with the first page. */
  readonly state?: object;
}

export class GetHistory extends ViewQuery<AuditHistory> {
  readonly reads: readonly string[];

  constructor(
    caller: Actor,
    readonly kind: AuditedKind,
    readonly id: string,
    /** The history up to then, with the state at that moment. */
    readonly asOf: Instant | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
    this.reads = [auditSubjects[kind].projection];
  }
}

/** What one page looks at: so many events, and of their lists so many items. */
const LOOKED_AT = 500;
const WEIGHT = 1_500;

/** How long the view of parties may take to come up with the log, in which what is audited stands. */
const WAIT_MS = 2_000;

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory, AuditHistory> {
  constructor(
    @Inject(EVENT_STORE) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller is neither party to it nor an auditor */
  async execute({ caller, kind, id, asOf, page }: GetHistory): Promise<AuditHistory> {
    const subject = auditSubjects[kind] as AuditSubject<unknown>;
    const stream = streamName(subject.decider, id);
    const { viewer, until } = await auditing(this, subject, id, caller);
    const from = revisionOf(page.pageToken);
    const ends = (event: Happened) => event.revision > until || isAfter(event, asOf);
    const found = await this.page(stream, from, viewer, page.pageSize, ends);
    if (from === 0 && found === undefined) throw notFound(kind);
    const { seen = [], next } = found ?? {};
    const isFirst = from === 0;
    return {
      ...(asOf !== undefined &&
        isFirst && { state: subject.present(await this.state(subject, stream, ends), viewer, asOf) }),
      items: await this.entries(seen),
      nextPageToken: next === undefined ? undefined : revisionToken(next),
      ...(isFirst && next === undefined && { total: seen.length }),
    };
  }

  /**
   * What the viewer sees of the events from a revision on, up to a page, and where the next one begins; `undefined`
   * where there is no event. It is shorter than asked for where much is hidden or there is much to the events.
   */
  private async page(
    stream: string,
    from: number,
    viewer: Auditing,
    pageSize: number,
    ends: (event: Happened) => boolean,
  ): Promise<{ readonly seen: readonly Seen[]; readonly next?: number } | undefined> {
    const seen: Seen[] = [];
    let looked = 0;
    let weight = 0;
    for await (const events of pagesOf(this.log, stream, from)) {
      for (const event of events) {
        if (ends(event)) return { seen };
        const isFull = seen.length === pageSize || looked >= LOOKED_AT || weight >= WEIGHT;
        if (isFull) return { seen, next: event.revision };
        looked += 1;
        weight += weightOf(event);
        const shown = changesState(event) ? seenBy(deserialise(event), viewer) : undefined;
        if (shown) seen.push(shown);
      }
    }
    return looked === 0 ? undefined : { seen };
  }

  private async state<State>(
    { decider }: AuditSubject<State>,
    stream: string,
    ends: (event: Happened) => boolean,
  ): Promise<State> {
    let state = decider.initial;
    for await (const event of readHistory(this.log, stream)) {
      if (ends(event)) break;
      state = decider.evolve(state, event);
    }
    return state;
  }

  private async entries(seen: readonly Seen[]): Promise<AuditEntry[]> {
    const named = new Set<string>();
    for (const { event } of seen) describe(event, (accountId) => remember(named, accountId));
    const names = await counterparties(this.views, named);
    return seen.map(({ event, shown }) => {
      const { account, ...actor } = shown.actor;
      return {
        id: event.id,
        revision: event.revision,
        time: event.metadata.at,
        actor: { account: known(names, account), ...actor },
        command: event.metadata.commandId,
        cause: event.metadata.$causationId,
        correlation: event.metadata.$correlationId,
        type: event.type,
        sentence: describe(event, (accountId) => known(names, accountId).name),
        data: shown.data,
      };
    });
  }
}

interface AuditPorts {
  readonly log: EventReader;
  readonly views: ViewReader;
}

/** @throws Refusal `not-found` */
async function auditing(
  { log, views }: AuditPorts,
  subject: AuditSubject<unknown>,
  id: string,
  caller: Actor,
): Promise<AuditReader> {
  if (caller.roles.includes('auditor')) return wholeFor('auditor');
  await views.waitFor(subject.projection, await log.head(), WAIT_MS);
  const party = await subject.party(views, id, caller.account);
  if (party === undefined) throw notFound(subject.decider.category);
  return party;
}

/** Whether the caller finds the event in a history that it may read: an auditor, every event there is. */
export async function mayReadEvent(ports: AuditPorts, event: RecordedEvent, caller: Actor): Promise<boolean> {
  if (caller.roles.includes('auditor')) return true;
  const subject = subjectOf(event.stream);
  if (subject === undefined || !changesState(event)) return false;
  try {
    const { viewer, until } = await auditing(ports, subject, idIn(event.stream), caller);
    return event.revision <= until && seenBy(deserialise(event), viewer) !== undefined;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function subjectOf(stream: string): AuditSubject<unknown> | undefined {
  const subjects = Object.values(auditSubjects) as AuditSubject<unknown>[];
  return subjects.find(({ decider }) => stream === streamName(decider, idIn(stream)));
}

/** What follows the category in a stream's name. */
function idIn(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** Where an event stands, and when it happened: as stored, or as it is read. */
interface Happened {
  readonly revision: Revision;
  readonly metadata: { readonly at?: unknown };
}

/** An event, and as much of it as the one who looks may see. */
interface Seen {
  readonly event: Recorded;
  readonly shown: SeenEvent;
}

function seenBy(event: Recorded, viewer: Auditing): Seen | undefined {
  const shown = viewer === 'auditor' ? redactForAuditor(event) : redactFor(event, viewer);
  return shown && { event, shown };
}

/** Whether it happened after the moment. */
function isAfter({ metadata }: Happened, moment: Instant | undefined): boolean {
  return moment !== undefined && (metadata.at as Instant) > moment;
}

/**
 * The revision a page begins with.
 * @throws InvalidPageToken
 */
function revisionOf(pageToken: string | undefined): number {
  if (pageToken === undefined) return 0;
  const revision = /^revision-(\d{1,15})$/.exec(pageToken)?.[1];
  if (revision === undefined) throw new InvalidPageToken();
  return Number(revision);
}

function revisionToken(revision: number): string {
  return `revision-${revision}`;
}

function remember(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
