import { type EventPart, hasPersonal, sealPersonal } from '#contracts';
import type {
  AppendResult,
  Batch,
  EventReader,
  EventStore,
  ExpectedRevision,
  Json,
  JsonObject,
  NewEvent,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '#event-store';
import type { PersonalKeys } from './keys.ts';
import { Revealer } from './revealing.ts';
import { type SubjectKey, sealValue } from './sealing.ts';

/** The log with its personal values opened. */
export class RevealedLog implements EventReader {
  readonly #log: EventReader;
  readonly #revealer: Revealer;
  readonly #part: EventPart;

  /**
   * @param log is closed with this
   * @param part whether the actor is opened too, which decisions do not need
   */
  constructor(log: EventReader, keys: PersonalKeys, part: EventPart = 'all') {
    this.#log = log;
    this.#revealer = new Revealer(keys);
    this.#part = part;
  }

  async readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    return this.#revealed(await this.#log.readStream(stream, options));
  }

  async readAll(options?: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    return this.#revealed(await this.#log.readAll(options));
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<Batch> {
    for await (const batch of this.#log.subscribe(options)) {
      yield { ...batch, events: await this.#revealed(batch.events) };
    }
  }

  head(): Promise<Position> {
    return this.#log.head();
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  #revealed(events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    return this.#revealer.events(events, this.#part);
  }
}

/** The log for the write side: personal values are sealed when they are appended, and opened when they are read. */
export class SealingLog extends RevealedLog implements EventStore {
  readonly #store: EventStore;
  readonly #keys: PersonalKeys;

  constructor(store: EventStore, keys: PersonalKeys, part?: EventPart) {
    super(store, keys, part);
    this.#store = store;
    this.#keys = keys;
  }

  get exclusive(): boolean {
    return this.#store.exclusive;
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const sealed: NewEvent[] = [];
    for (const event of events) sealed.push(hasPersonal(event) ? await this.#sealed(event) : event);
    return this.#store.append(stream, sealed, expected);
  }

  async #sealed(event: NewEvent): Promise<NewEvent> {
    const account = accountOf(event.metadata);
    const keys = new Map<string, SubjectKey>();
    const texts: string[] = [];
    sealPersonal(event, (value) => {
      texts.push(textOf(value));
      return value;
    });
    for (const text of texts) if (!keys.has(text)) keys.set(text, await this.#keys.sealingKey(account, text));
    return sealPersonal(
      event,
      (value, place) => sealValue(keys.get(textOf(value)) as SubjectKey, place, value) as unknown as Json,
    );
  }
}

/** Data subjects belong to the account that records data about them. */
function accountOf({ actor }: JsonObject): string {
  return String((actor as JsonObject | undefined)?.account ?? '');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
