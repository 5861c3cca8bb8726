import type { JsonObject, Position, RecordedEvent, Revision } from './port.ts';

/**
 * An event as it was read. Its id and metadata are computed on access, which a replay does not need; being getters of the
 * class, they are not copied by a spread.
 */
export class LazyEvent implements RecordedEvent {
  readonly #id: string;
  #metadata: string | JsonObject;

  /**
   * @param id as it is stored
   * @param metadata as JSON
   */
  constructor(
    id: string,
    readonly stream: string,
    readonly revision: Revision,
    readonly position: Position,
    readonly type: string,
    readonly data: JsonObject,
    metadata: string,
  ) {
    this.#id = id;
    this.#metadata = metadata;
  }

  get id(): string {
    return this.uuidOf(this.#id);
  }

  get metadata(): JsonObject {
    if (typeof this.#metadata === 'string') this.#metadata = JSON.parse(this.#metadata) as JsonObject;
    return this.#metadata;
  }

  /** The UUID of a stored id, for a store that stores it in another form. */
  protected uuidOf(stored: string): string {
    return stored;
  }
}
