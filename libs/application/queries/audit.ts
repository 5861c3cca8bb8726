import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import type { EventReader } from '#event-store';
import { InvalidPageToken, type ViewReader } from '#view-store';
import type { Clock } from '../core/clock.ts';
import { type Differences, differencesOf } from '../core/differences.ts';
import { CLOCK, EVENT_STORE, VIEWS } from '../ports.ts';
import { type AuditEntry, entriesOf } from './audit-entries.ts';
import { type AuditedKind, auditSubjects, listedBy } from './audit-subjects.ts';
import { AuditTrail, type Folded } from './audit-trail.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** The differences between the states at two moments. */
export interface AuditDifferences extends Differences {
  readonly from: Instant;
  readonly to: Instant;
}

/** The ordered history of one thing. */
export interface AuditHistory extends PageOf<AuditEntry> {
  /** The state at the requested moment, as the caller may see it; only on the first page. */
  readonly state?: object;
  /** Between the two requested moments, as far as the caller may see the states; only on the first page. */
  readonly differences?: AuditDifferences;
}

/** All of a history; up to a moment, with the state then; or from one moment to another, with the differences. */
export type HistoryTime =
  | { readonly asOf?: Instant; readonly from?: undefined; readonly to?: undefined }
  | { readonly asOf?: undefined; readonly from: Instant; readonly to: Instant | undefined };

export class GetHistory extends ViewQuery<AuditHistory> {
  readonly reads: readonly string[];

  constructor(
    caller: Actor,
    readonly kind: AuditedKind,
    readonly id: string,
    readonly time: HistoryTime,
    readonly page: PageRequest,
  ) {
    super(caller);
    this.reads = [auditSubjects[kind].projection];
  }
}

@QueryHandler(GetHistory)
export class GetHistoryHandler implements IQueryHandler<GetHistory, AuditHistory> {
  constructor(
    @Inject(EVENT_STORE) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`: there is none, or the caller is neither party to it nor an auditor */
  async execute({ caller, kind, id, time, page }: GetHistory): Promise<AuditHistory> {
    const trail = await AuditTrail.open(this, kind, id, caller);
    const isFirst = page.pageToken === undefined;
    const states = isFirst ? await this.states(trail, time) : undefined;
    const from = isFirst ? (states?.begins ?? 0) : revisionOf(page.pageToken);
    const found = await trail.page(from, page.pageSize, time.asOf ?? time.to);
    if (from === 0 && found === undefined) throw notFound(kind);
    const { seen = [], next } = found ?? {};
    return {
      ...states?.shown,
      items: await entriesOf(this.views, seen),
      nextPageToken: next === undefined ? undefined : revisionToken(next),
      ...(isFirst && next === undefined && { total: seen.length }),
    };
  }

  /** The state or the differences, and the revision that the requested history begins with. */
  private async states(
    trail: AuditTrail,
    { asOf, from, to }: HistoryTime,
  ): Promise<{ readonly begins: number; readonly shown: Partial<AuditHistory> } | undefined> {
    const { subject, reader } = trail;
    if (asOf !== undefined) {
      const { state } = await trail.stateAt(asOf);
      return { begins: 0, shown: { state: subject.present(state, reader.viewer, asOf) } };
    }
    if (from === undefined) return undefined;
    const end = to ?? this.clock.now();
    const shownAt = ({ state }: Folded<unknown>, at: Instant) => {
      return { ...subject.present(state, reader.viewer, at), ...subject.contents?.(state, reader.viewer) };
    };
    const first = await trail.stateAt(from);
    // Before the fold continues: comparing with large earlier states afterwards would be slow.
    const before = shownAt(first, from);
    const after = shownAt(await trail.stateAt(to, first), end);
    const differences = { from, to: end, ...differencesOf(before, after, listedBy) };
    return { begins: first.next, shown: { differences } };
  }
}

/**
 * The revision a page begins with.
 * @throws InvalidPageToken
 */
function revisionOf(pageToken = ''): number {
  const revision = /^revision-(\d{1,15})$/.exec(pageToken)?.[1];
  if (revision === undefined) throw new InvalidPageToken();
  return Number(revision);
}

function revisionToken(revision: number): string {
  return `revision-${revision}`;
}
