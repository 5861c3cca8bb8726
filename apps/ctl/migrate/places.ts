import type { EventReader, JsonObject, Position, RecordedEvent } from '#event-store';
import { notificationId, notificationPosition } from '#projections/inbox';

/** The position in the target of an event at a position of the source. */
type Places = (position: Position) => Promise<Position>;

/**
 * Translates the positions in the data of events to another log. By stored type
 * name: each version of such a type has its row.
 */
export const RELOCATIONS: Readonly<
  Record<string, (data: JsonObject, places: Places) => Promise<JsonObject>>
> = {
  NotificationRead: async (data, places) => {
    const position = notificationPosition(String(data.notificationId));
    if (position === undefined) return data;
    return { ...data, notificationId: notificationId(await places(position as Position)) };
  },
  AllNotificationsRead: async (data, places) => ({ ...data, upTo: await places(data.upTo as Position) }),
};

/** Whether the event's data has positions of other events. */
export function namesPlaces({ type }: RecordedEvent): boolean {
  return Object.hasOwn(RELOCATIONS, type);
}

/** Translates events of one log for its copy, where the same events have other positions. */
export class Relocation {
  readonly #source: EventReader;
  readonly #target: EventReader;

  constructor(source: EventReader, target: EventReader) {
    this.#source = source;
    this.#target = target;
  }

  /** All events before it in the source must have been copied. */
  async of(event: RecordedEvent): Promise<RecordedEvent> {
    const relocate = namesPlaces(event) ? RELOCATIONS[event.type] : undefined;
    if (relocate === undefined) return event;
    const { stream, revision, position, id, type, metadata } = event;
    const data = await relocate(event.data, (place) => this.#placeOf(place, position));
    return { stream, revision, position, id, type, data, metadata };
  }

  /** A position that no event before `end` has stays unchanged: it refers to nothing. */
  async #placeOf(place: Position, end: Position): Promise<Position> {
    if (place < 0 || place >= end) return place;
    const [named] = await this.#source.readAll({ after: (place - 1) as Position, limit: 1 });
    if (named === undefined) return place;
    const { stream, revision } = named;
    const [copy] = await this.#target.readStream(stream, { from: revision, limit: 1 });
    return copy?.position ?? place;
  }
}
