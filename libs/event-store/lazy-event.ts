import type { JsonObject, Position, RecordedEvent, Revision } from './port.ts';

/**
 * An event as it was read. Its metadata is parsed on access, which a replay does not need; being a getter of the class, it
 * is not copied by a spread.
 */
export abstract class LazyEvent implements RecordedEvent {
  abstract readonly id: string;
  #metadata: string | JsonObject;

  /** @param metadata as JSON */
  constructor(
    readonly stream: string,
    readonly revision: Revision,
    readonly position: Position,
    readonly type: string,
    readonly data: JsonObject,
    metadata: string,
  ) {
    this.#metadata = metadata;
  }

  get metadata(): JsonObject {
    if (typeof this.#metadata === 'string') this.#metadata = JSON.parse(this.#metadata) as JsonObject;
    return this.#metadata;
  }
}
