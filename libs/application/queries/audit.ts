import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  describe,
  type Recorded,
  redactFor,
  redactForAuditor,
  type SeenEvent,
  type TesseraEvent,
} from '#contracts';
import { type Actor, fold, type Instant, notFound, type Role } from '#domain/kernel';
import type { EventReader, JsonObject } from '#event-store';
import type { ViewReader } from '#view-store';
import { streamName } from '../core/aggregates.ts';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import { type AuditedKind, type Auditing, type AuditSubject, auditSubjects } from './audit-subjects.ts';
import { type Counterparty, counterparties, known } from './directory.ts';
import { wholeHistory } from './history.ts';
import { offsetOf, offsetToken } from './paging.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** Who did something: the account, and for its own members and for auditors the person. */
export interface AuditedActor {
  readonly account: Counterparty;
  readonly user?: string;
  readonly role: Role;
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
  /** The state at the moment asked for, as the caller may see it. */
  readonly state?: object;
}

export class GetHistory extends ViewQuery<AuditHistory> {
  readonly reads = [];

  constructor(
    caller: Actor,
    readonly kind: AuditedKind,
    readonly id: string,
    /** The history up to then, with the state at that moment. */
    readonly asOf: Instant | undefined,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory, AuditHistory> {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventReader,
    @Inject(VIEWS) private readonly views: ViewReader,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller is neither party to it nor an auditor */
  async execute({ caller, kind, id, asOf, page }: GetHistory): Promise<AuditHistory> {
    const subject = auditSubjects[kind] as AuditSubject<unknown>;
    const { decider } = subject;
    const whole = await wholeHistory(this.log, streamName(decider, id));
    const auditor = caller.roles.includes('auditor');
    const readable = auditor ? whole : subject.readable(whole, caller.account);
    if (readable.length === 0) throw notFound(kind);

    const viewer = auditor ? 'auditor' : subject.viewer(stateOf(subject, whole), caller.account);
    const until = asOf === undefined ? readable : upTo(readable, asOf);
    const seen = until.flatMap((event) => seenBy(event, viewer) ?? []);
    const from = offsetOf(page.pageToken);
    const next = from + page.pageSize;
    return {
      ...(asOf !== undefined && { state: subject.present(stateOf(subject, until), viewer, asOf) }),
      items: await this.entries(seen.slice(from, next), viewer),
      nextPageToken: next < seen.length ? offsetToken(next) : undefined,
      total: seen.length,
    };
  }

  private async entries(seen: readonly Seen[], viewer: Auditing): Promise<AuditEntry[]> {
    const named = new Set<string>();
    for (const { event } of seen) describe(event, (accountId) => remember(named, accountId));
    const names = await counterparties(this.views, named);
    return seen.map(({ event, shown }) => {
      const { account, user, role } = event.metadata.actor;
      const mayKnow = viewer === 'auditor' || viewer.account === account;
      return {
        id: event.id,
        revision: event.revision,
        time: event.metadata.at,
        actor: { account: known(names, account), ...(mayKnow && { user }), role },
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

/** An event, and as much of it as the one who looks may see. */
interface Seen {
  readonly event: Recorded;
  readonly shown: SeenEvent;
}

function seenBy(event: Recorded, viewer: Auditing): Seen | undefined {
  const shown = viewer === 'auditor' ? redactForAuditor(event) : redactFor(event, viewer);
  return shown && { event, shown };
}

function stateOf(subject: AuditSubject<unknown>, history: readonly Recorded[]): unknown {
  return fold<unknown, TesseraEvent>(subject.decider, subject.decider.initial, history);
}

/** What had happened by then. */
export function upTo<E extends TesseraEvent>(
  history: readonly Recorded<E>[],
  moment: Instant,
): readonly Recorded<E>[] {
  const later = history.findIndex(({ metadata }) => metadata.at > moment);
  return later === -1 ? history : history.slice(0, later);
}

function remember(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
