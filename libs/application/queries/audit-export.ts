import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { changesState } from '#contracts';
import { type Actor, type Instant, notFound, requireRole } from '#domain/kernel';
import { type EventReader, type Position, type RecordedEvent, START } from '#event-store';
import type { ViewReader } from '#view-store';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import { type AuditEntry, entriesOf, storedSeenBy } from './audit-entries.ts';
import { type AuditedKind, auditSubjects } from './audit-subjects.ts';
import { AuditTrail, isAfter } from './audit-trail.ts';
import { ViewQuery } from './view-query.ts';

/** How many events are read, and held in memory, at once. */
const PAGE = 200;

/** What happened after one moment, up to and including another; without them from the beginning, until now. */
export interface AuditedTime {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** A history as a whole, or the histories of everything. */
export interface AuditExport {
  /** In order; read while they are consumed. */
  readonly pages: AsyncIterable<readonly AuditEntry[]>;
}

export class ExportHistory extends ViewQuery<AuditExport> {
  readonly reads: readonly string[];

  constructor(
    caller: Actor,
    /** The thing whose history it is; everything where absent, for auditors. */
    readonly of: { readonly kind: AuditedKind; readonly id: string } | undefined,
    readonly time: AuditedTime,
  ) {
    super(caller);
    this.reads = of === undefined ? [] : [auditSubjects[of.kind].projection];
  }
}

@QueryHandler(ExportHistory)
export class ExportHistoryHandler implements IQueryHandler<ExportHistory, AuditExport> {
  constructor(
    @Inject(EVENT_STORE) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
  ) {}

  /**
   * @throws Refusal `not-found`: there is none, or the caller is neither party to it nor an auditor
   * @throws Refusal `role-not-allowed`: everything is asked for, and the caller is no auditor
   */
  async execute({ caller, of, time }: ExportHistory): Promise<AuditExport> {
    if (of === undefined) {
      requireRole(caller, ['auditor']);
      return { pages: this.everything(time, await this.log.head()) };
    }
    const trail = await AuditTrail.open(this, of.kind, of.id, caller);
    const [first] = await this.log.readStream(trail.stream, { limit: 1 });
    if (first === undefined) throw notFound(of.kind);
    return { pages: this.history(trail, time) };
  }

  private async *history(trail: AuditTrail, { from, to }: AuditedTime): AsyncGenerator<AuditEntry[]> {
    let next: number | undefined = await trail.firstAfter(from);
    while (next !== undefined) {
      const page = await trail.page(next, PAGE, to);
      if (page !== undefined && page.seen.length > 0) yield await entriesOf(this.views, page.seen);
      next = page?.next;
    }
  }

  /** Every event in the order of the log, up to its present end. The time of each is compared, as processes' clocks differ. */
  private async *everything({ from, to }: AuditedTime, end: Position): AsyncGenerator<AuditEntry[]> {
    const ending = new AbortController();
    const isWanted = (event: RecordedEvent) =>
      event.position <= end &&
      changesState(event) &&
      !isAfter(event, to) &&
      (from === undefined || isAfter(event, from));
    try {
      const read = { after: START, batchSize: PAGE, signal: ending.signal };
      for await (const { events, position, caughtUp } of this.log.subscribe(read)) {
        const seen = events.filter(isWanted).flatMap((event) => storedSeenBy(event, 'auditor') ?? []);
        if (seen.length > 0) yield await entriesOf(this.views, seen);
        if (caughtUp || position >= end) return;
      }
    } finally {
      ending.abort();
    }
  }
}
