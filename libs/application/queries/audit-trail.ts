// The history of one thing as one caller may read it, a page at a time.
import { changesState, deserialiseToFold } from '#contracts';
import { type Actor, type Instant, notFound } from '#domain/kernel';
import type { EventReader, Revision } from '#event-store';
import { streamName } from '../core/aggregates.ts';
import { pagesOf, weightOf } from '../core/stream-pages.ts';
import { type Seen, storedSeenBy } from './audit-entries.ts';
import { type AuditPorts, AuditReaders } from './audit-readers.ts';
import { type AuditedKind, type AuditReader, type AuditSubject, auditSubjects } from './audit-subjects.ts';

/** How many events one page examines, and how many items of their lists. */
const MAX_EXAMINED = 500;
const MAX_WEIGHT = 1_500;

/**
 * Whether a page ends before its next event, by the number of events shown and their weight:
 * it is full, or enough was examined.
 */
export function isFullAfter(pageSize: number): (shown: number, weight: number) => boolean {
  let examined = 0;
  let totalWeight = 0;
  return (shown, weight) => {
    if (shown === pageSize || examined >= MAX_EXAMINED || totalWeight >= MAX_WEIGHT) return true;
    examined += 1;
    totalWeight += weight;
    return false;
  };
}

/** A part of a history, and the revision at which the next one begins. */
export interface TrailPage {
  readonly seen: readonly Seen[];
  readonly next?: number;
}

/** A state of a stream, and the revision of the first event after it. */
export interface Folded<State> {
  readonly state: State;
  readonly next: number;
}

/** One thing's history, for one reader. */
export class AuditTrail<State = unknown> {
  private constructor(
    private readonly log: EventReader,
    readonly subject: AuditSubject<State>,
    readonly stream: string,
    readonly reader: AuditReader,
  ) {}

  /** @throws Refusal `not-found`: the caller is neither party to it nor an auditor */
  static async open(ports: AuditPorts, kind: AuditedKind, id: string, caller: Actor): Promise<AuditTrail> {
    const subject = auditSubjects[kind] as AuditSubject<unknown>;
    const stream = streamName(subject.decider, id);
    const reader = await new AuditReaders(ports, caller).of(stream);
    if (reader === undefined) throw notFound(kind);
    return new AuditTrail(ports.log, subject, stream, reader);
  }

  /**
   * A page of the events that the reader may see from a revision on, and where the next one begins; `undefined`
   * where there is no event. It is shorter than requested where much is hidden or the events are large.
   */
  async page(from: number, pageSize: number, to: Instant | undefined): Promise<TrailPage | undefined> {
    const seen: Seen[] = [];
    const isFull = isFullAfter(pageSize);
    let isThere = false;
    for await (const events of pagesOf(this.log, this.stream, from)) {
      for (const event of events) {
        if (this.isBeyond(event, to)) return { seen };
        if (isFull(seen.length, weightOf(event))) return { seen, next: event.revision };
        isThere = true;
        const shown = changesState(event) ? storedSeenBy(event, this.reader.viewer) : undefined;
        if (shown) seen.push(shown);
      }
    }
    return isThere ? { seen } : undefined;
  }

  /**
   * The state at a moment, or now.
   * @param before an earlier state, from which the fold continues
   */
  async stateAt(moment: Instant | undefined, before?: Folded<State>): Promise<Folded<State>> {
    const { decider } = this.subject;
    let { state, next } = before ?? { state: decider.initial, next: 0 };
    for await (const events of pagesOf(this.log, this.stream, next)) {
      for (const event of events) {
        if (this.isBeyond(event, moment)) return { state, next };
        if (changesState(event)) state = decider.evolve(state, deserialiseToFold(event));
        next = event.revision + 1;
      }
    }
    return { state, next };
  }

  /** The revision of the first event after a moment, or of the next event to be recorded. */
  async firstAfter(moment: Instant | undefined): Promise<number> {
    if (moment === undefined) return 0;
    let next = 0;
    for await (const events of pagesOf(this.log, this.stream)) {
      for (const event of events) {
        if (isAfter(event, moment)) return event.revision;
        next = event.revision + 1;
      }
    }
    return next;
  }

  /** Whether it is after the last readable revision, or happened after the moment. */
  private isBeyond(event: RecordedMoment, moment: Instant | undefined): boolean {
    return event.revision > this.reader.until || isAfter(event, moment);
  }
}

/** The position of an event, and when it happened. */
interface RecordedMoment {
  readonly revision: Revision;
  readonly metadata: { readonly at?: unknown };
}

/** Whether it happened after the moment; always false without one. */
export function isAfter(
  { metadata }: Pick<RecordedMoment, 'metadata'>,
  moment: Instant | undefined,
): boolean {
  return moment !== undefined && (metadata.at as Instant) > moment;
}
