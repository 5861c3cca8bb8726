// Events as entries of an audited history.
import {
  describe,
  deserialise,
  type EventMetadata,
  isKnown,
  locateSealed,
  type Recorded,
  redactFor,
  redactForAuditor,
  type SeenEvent,
  type SubjectKind,
} from '#contracts';
import type { Instant, Role } from '#domain/kernel';
import type { JsonObject, RecordedEvent } from '#event-store';
import { type Counterparty, counterparties, known } from '#projections/accounts';
import { subjectOf } from '#projections/changes';
import type { ViewReader } from '#view-store';
import type { Auditing } from './audit-subjects.ts';

/** The actor: the account, and for its own members and for auditors also the person. */
export interface AuditedActor {
  readonly account: Counterparty;
  readonly user?: string;
  readonly role: Role;
  /** The internal service that acted for them; only together with the person. */
  readonly service?: string;
}

/** The subject of an event: the thing whose history it belongs to. */
export interface AuditedThing {
  /** `pair` is of two accounts, of which one connection is active at most. */
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
  /** As it is stored, where this release does not know the event: then only auditors see it. */
  readonly type: string;
  /** What happened, for people. */
  readonly sentence: string;
  /** As the caller may see it. */
  readonly data: JsonObject;
}

/** An event, and the part of it that the viewer may see. */
export type Seen = SeenKnown | SeenAsStored;

interface SeenKnown {
  readonly event: Recorded;
  readonly shown: SeenEvent;
}

/** An event that this release does not know: a history without it would be incomplete. */
interface SeenAsStored {
  readonly stored: RecordedEvent;
}

/** The event as the viewer may see it, also where this release does not know it. */
export function storedSeenBy(stored: RecordedEvent, viewer: Auditing): Seen | undefined {
  if (isKnown(stored)) return seenBy(deserialise(stored), viewer);
  // This release does not know which parties may see it.
  return viewer === 'auditor' ? { stored: locateSealed(stored) } : undefined;
}

/** The event as the viewer may see it; `undefined` where it may not know of it. */
export function seenBy(event: Recorded, viewer: Auditing): Seen | undefined {
  const shown = viewer === 'auditor' ? redactForAuditor(event) : redactFor(event, viewer);
  return shown && { event, shown };
}

/** The entries of events, with the names of the accounts in them. */
export async function entriesOf(views: ViewReader, seen: readonly Seen[]): Promise<AuditEntry[]> {
  const named = new Set<string>();
  for (const one of seen) {
    if ('event' in one) describe(one.event, (accountId) => collect(named, accountId));
    else named.add(metadataOf(one.stored).actor.account);
  }
  const names = await counterparties(views, named);
  return seen.map((one) => ('event' in one ? entryOf(one, names) : entryAsStored(one, names)));
}

type Names = ReadonlyMap<string, Counterparty>;

function entryOf({ event, shown }: SeenKnown, names: Names): AuditEntry {
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
}

function entryAsStored({ stored }: SeenAsStored, names: Names): AuditEntry {
  const { id, stream, revision, type, data } = stored;
  const metadata = metadataOf(stored);
  const { account, user, role, service } = metadata.actor;
  return {
    id,
    subject: subjectOf(stream) as AuditedThing,
    revision,
    time: metadata.at,
    actor: { account: known(names, account), user, role, ...(service !== undefined && { service }) },
    command: metadata.commandId,
    cause: metadata.$causationId,
    correlation: metadata.$correlationId,
    type,
    sentence: `This release does not know events of type ${type}: it is shown as it is stored.`,
    data,
  };
}

/** The metadata of an event of a newer release or another program; any of it may be missing. */
function metadataOf({ metadata }: RecordedEvent): EntryMetadata {
  return { ...NOTHING, ...metadata };
}

type EntryMetadata = Pick<EventMetadata, 'at' | 'actor' | 'commandId' | '$causationId' | '$correlationId'>;

const NOTHING = {
  at: '' as Instant,
  actor: { account: '', user: '', role: 'system' },
  commandId: '',
  $causationId: '',
  $correlationId: '',
} as const satisfies EntryMetadata;

function collect(ids: Set<string>, id: string): string {
  ids.add(id);
  return id;
}
