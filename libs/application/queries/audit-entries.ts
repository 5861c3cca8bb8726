// An event as it is told to one who audits.
import {
  describe,
  type Recorded,
  redactFor,
  redactForAuditor,
  type SeenEvent,
  type SubjectKind,
  type TesseraEvent,
} from '#contracts';
import type { Instant, Role } from '#domain/kernel';
import type { JsonObject } from '#event-store';
import { type Counterparty, counterparties, known } from '#projections/accounts';
import { subjectOf } from '#projections/changes';
import type { ViewReader } from '#view-store';
import type { Auditing } from './audit-subjects.ts';

/** Who did something: the account, and for its own members and for auditors the person. */
export interface AuditedActor {
  readonly account: Counterparty;
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; for those who are told the person. */
  readonly service?: string;
}

/** What an event is about: the thing whose history it belongs to. */
export interface AuditedThing {
  /** `pair` stands for two accounts, of which one connection is active at most. */
  readonly kind: SubjectKind | 'pair';
  readonly id: string;
}

/** One event of a history. */
export interface AuditEntry {
  readonly id: string;
  readonly subject: AuditedThing;
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

/** An event, and as much of it as the one who looks may see. */
export interface Seen {
  readonly event: Recorded;
  readonly shown: SeenEvent;
}

/** The event as the viewer may see it; `undefined` where it may not know of it. */
export function seenBy(event: Recorded, viewer: Auditing): Seen | undefined {
  const shown = viewer === 'auditor' ? redactForAuditor(event) : redactFor(event, viewer);
  return shown && { event, shown };
}

/** What was seen, with the names of those it tells of. */
export async function entriesOf(views: ViewReader, seen: readonly Seen[]): Promise<AuditEntry[]> {
  const named = new Set<string>();
  for (const { event } of seen) describe(event, (accountId) => remember(named, accountId));
  const names = await counterparties(views, named);
  return seen.map(({ event, shown }) => {
    const { account, ...actor } = shown.actor;
    return {
      id: event.id,
      subject: subjectOf(event.stream) as AuditedThing,
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

function remember(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
