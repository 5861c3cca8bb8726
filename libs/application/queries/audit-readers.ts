// How far one caller may read each stream.
import { changesState, deserialise, isKnown, type Recorded } from '#contracts';
import type { Actor } from '#domain/kernel';
import type { EventReader, Position, RecordedEvent } from '#event-store';
import { subjectOf } from '#projections/changes';
import type { ViewReader } from '#view-store';
import { type Seen, seenBy } from './audit-entries.ts';
import { type AuditReader, auditParties, wholeFor } from './audit-subjects.ts';

/** How long the view of parties may take to catch up with the log, where what is audited is stored. */
const WAIT_MS = 2_000;

export interface AuditPorts {
  readonly log: EventReader;
  readonly views: ViewReader;
}

/** The caller as a reader of each stream, looked up in the views once; an auditor reads every event. */
export class AuditReaders {
  private readonly readers = new Map<string, Promise<AuditReader | undefined>>();
  private readonly awaited = new Map<string, Promise<unknown>>();
  private head: Promise<Position> | undefined;

  constructor(
    private readonly ports: AuditPorts,
    private readonly caller: Actor,
  ) {}

  /** `undefined` where the caller is no party to the stream. */
  of(stream: string): Promise<AuditReader | undefined> {
    const known = this.readers.get(stream) ?? this.find(stream);
    this.readers.set(stream, known);
    return known;
  }

  /** The event as the caller may see it; `undefined` where it may not know of it. */
  async seen(event: Recorded): Promise<Seen | undefined> {
    const reader = await this.of(event.stream);
    return reader && event.revision <= reader.until ? seenBy(event, reader.viewer) : undefined;
  }

  private async find(stream: string): Promise<AuditReader | undefined> {
    if (this.caller.roles.includes('auditor')) return wholeFor('auditor');
    const { kind, id } = subjectOf(stream);
    const subject = auditParties[kind];
    if (subject === undefined) return undefined;
    if (subject.projection !== undefined) await this.catchUp(subject.projection);
    return subject.party(this.ports.views, id, this.caller.account);
  }

  private catchUp(projection: string): Promise<unknown> {
    const { log, views } = this.ports;
    this.head ??= log.head();
    const awaited =
      this.awaited.get(projection) ?? this.head.then((head) => views.waitFor(projection, head, WAIT_MS));
    this.awaited.set(projection, awaited);
    return awaited;
  }
}

/** Whether the event is in a history that the caller may read; always for an auditor. */
export async function mayReadEvent(ports: AuditPorts, event: RecordedEvent, caller: Actor): Promise<boolean> {
  if (caller.roles.includes('auditor')) return true;
  if (!changesState(event) || !isKnown(event)) return false;
  return (await new AuditReaders(ports, caller).seen(deserialise(event))) !== undefined;
}
