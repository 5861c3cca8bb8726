// Seals the personal values of events, as the log stores them, and replaces them again.
import type { Json, JsonObject, NewEvent, RecordedEvent } from '#event-store';
import { personalFields } from './audience.ts';
import { eventTypeOf } from './event-registry.ts';
import { isSealed, type Replace, replaceAt, replaceSealed, type SealedValue } from './personal.ts';

const ACTOR = '/metadata/actor/user';

/** The part of an event: its data only, or also its actor. */
export type EventPart = 'data' | 'all';

/** The event with its personal values sealed: those of declared fields, and the name of the person who acted. */
export function sealPersonal(event: NewEvent, seal: Replace<Json>): NewEvent {
  const id = event.id.toLowerCase();
  let data: Json = event.data;
  for (const path of personalFields.get(eventTypeOf(event.type)) ?? []) {
    data = replaceAt(data, path, `${id}/data`, seal) as Json;
  }
  const actor = personIn(event.metadata);
  const metadata = actor
    ? { ...event.metadata, actor: { ...actor, user: seal(actor.user as Json, id + ACTOR) } }
    : event.metadata;
  if (data === event.data && metadata === event.metadata) return event;
  return { ...event, data: data as JsonObject, metadata };
}

/** Whether anything of the event is to be sealed. */
export function hasPersonal({ type, metadata }: Pick<NewEvent, 'type' | 'metadata'>): boolean {
  return personIn(metadata) !== undefined || personalFields.has(eventTypeOf(type));
}

/** The actor, if it is a person and not a process of ours. */
function personIn({ actor }: JsonObject): JsonObject | undefined {
  const { user, role } = (actor ?? {}) as JsonObject;
  return typeof user === 'string' && user !== '' && role !== 'system' ? (actor as JsonObject) : undefined;
}

/** The event with its sealed values replaced; the same object where there are none. */
export function replaceSealedOf(
  event: RecordedEvent,
  replace: Replace<SealedValue>,
  part: EventPart = 'all',
): RecordedEvent {
  const data = personalFields.has(eventTypeOf(event.type))
    ? replaceSealed(event.data, `${event.id}/data`, replace)
    : event.data;
  const acted = part === 'all' ? replaceActor(event, replace) : undefined;
  if (data === event.data && acted === undefined) return event;
  // Not a spread: stores create events with getters of their class.
  const { id, stream, revision, position, type, metadata } = event;
  return { id, stream, revision, position, type, data: data as JsonObject, metadata: acted ?? metadata };
}

/** The metadata with the person who acted replaced; `undefined` where that is not sealed. */
function replaceActor(
  { id, metadata }: RecordedEvent,
  replace: Replace<SealedValue>,
): JsonObject | undefined {
  const actor = metadata.actor as JsonObject | undefined;
  const user = actor?.user;
  if (!isSealed(user)) return undefined;
  return { ...metadata, actor: { ...actor, user: replace(user, id + ACTOR) } };
}

/** Adds to the sealed values of the event where they were recorded, so that they can be opened wherever they are kept. */
export function locateSealed(event: RecordedEvent, part?: EventPart): RecordedEvent {
  return replaceSealedOf(event, (value, place) => ({ '@sealed': value['@sealed'], of: place }), part);
}
