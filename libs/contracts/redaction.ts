import type { WithdrawalCause } from '#domain/installation';
import type { JsonObject, RecordedEvent } from '#event-store';
import { type Audience, audiences, nobody, type Viewer } from './audience.ts';
import type { EventMetadata } from './metadata.ts';
import type { Recorded, TesseraEvent } from './registry.ts';

/** Who acted, as one party may know it. */
export type SeenActor = Pick<EventMetadata['actor'], 'account' | 'role'> &
  Partial<Pick<EventMetadata['actor'], 'user' | 'service'>>;

/**
 * An event as one party may see it: some fields of its data may be missing. Of its metadata it has what is named here:
 * not the command's hash, from which a short label could be guessed.
 */
export interface SeenEvent extends Omit<RecordedEvent, 'metadata'> {
  readonly type: TesseraEvent['type'];
  readonly actor: SeenActor;
}

/**
 * Whether a party may know that the event happened. That it is a party to the stream, and up to which revision it may
 * read (R-V5), is checked by the caller.
 */
export function visibleTo(event: Recorded, viewer: Viewer): boolean {
  return redactFor(event, viewer) !== undefined;
}

/** The event as that party may see it; `undefined` when it may not see it at all. */
export function redactFor(event: Recorded, viewer: Viewer): SeenEvent | undefined {
  return redact(event, viewer, (audience) => audience !== nobody && audience(event, viewer));
}

/** The event for an auditor: everything but the hashes of tokens, which nobody sees. */
export function redactForAuditor(event: Recorded): SeenEvent {
  return redact(event, 'auditor', (audience) => audience !== nobody) ?? withData(event, 'auditor', {});
}

/** Who acted: the person, and the service that acted for it, are known to the account itself and to auditors. */
export function actorFor({ metadata }: Recorded, viewer: Pick<Viewer, 'account'> | 'auditor'): SeenActor {
  const { account, user, role, service } = metadata.actor;
  if (viewer !== 'auditor' && viewer.account !== account) return { account, role };
  return { account, user, role, ...(service !== undefined && { service }) };
}

/** Others learn only that a decision further up was made, and by whom: share and reason are for its parties. */
export function causeFor(cause: Omit<WithdrawalCause, 'grantId'>, account: string): object {
  if (cause.kind !== 'cascade' || cause.account === account) return cause;
  return { kind: cause.kind, account: cause.account };
}

/** The event with only the visible fields of its data; `undefined` when there are none. */
function redact(
  event: Recorded,
  viewer: Viewer | 'auditor',
  canSee: (audience: Audience) => boolean,
): SeenEvent | undefined {
  const data = visiblePart(event.data, audiences[event.type], canSee);
  return data === undefined ? undefined : withData(event, viewer, data as JsonObject);
}

function withData(event: Recorded, viewer: Viewer | 'auditor', data: JsonObject): SeenEvent {
  const { id, stream, revision, position, type } = event;
  return { id, stream, revision, position, type, data, actor: actorFor(event, viewer) };
}

type AnyAudiences = Audience | { readonly [field: string]: AnyAudiences };

/** The visible part of a value: a field without a named audience is left out. */
function visiblePart(
  value: unknown,
  audience: AnyAudiences | undefined,
  canSee: (audience: Audience) => boolean,
): unknown {
  if (audience === undefined) return undefined;
  if (typeof audience === 'function') return canSee(audience) ? value : undefined;
  if (value === null) return canSeeAny(audience, canSee) ? null : undefined;
  if (Array.isArray(value)) {
    if (!canSeeAny(audience, canSee)) return undefined;
    return value.map((item) => visiblePart(item, audience, canSee));
  }
  const fields = Object.entries(value as object).flatMap(([name, field]) => {
    const visible = visiblePart(field, audience[name], canSee);
    return visible === undefined ? [] : [[name, visible] as const];
  });
  return fields.length === 0 && !canSeeAny(audience, canSee) ? undefined : Object.fromEntries(fields);
}

function canSeeAny(audience: AnyAudiences, canSee: (audience: Audience) => boolean): boolean {
  if (typeof audience === 'function') return canSee(audience);
  return Object.values(audience).some((part) => canSeeAny(part, canSee));
}
