import {
  type AppendResult,
  draft,
  type EventReader,
  type EventStore,
  type ExpectedRevision,
  type JsonObject,
  type NewEvent,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  WrongExpectedRevision,
} from '#event-store';

/** The part of the log that executing a command uses. */
export type CommandLog = Pick<EventStore, 'exclusive' | 'append' | 'readStream' | 'head'>;

/** Where the events of streams are read. */
export type StreamReader = Pick<EventReader, 'readStream'>;

const DEFAULT_LIMIT = 1_000;

/**
 * The log of a dry run: appended events can be read here, after those of the log itself, and are stored nowhere.
 * They have the position of the log's end, so that nothing waits for views to reflect them.
 */
export class RehearsedLog implements CommandLog {
  readonly #log: CommandLog;
  readonly #rehearsed: RecordedEvent[] = [];

  constructor(log: CommandLog) {
    this.#log = log;
  }

  get exclusive(): boolean {
    return this.#log.exclusive;
  }

  /** The events that would have been appended, in order. */
  get rehearsed(): readonly RecordedEvent[] {
    return this.#rehearsed;
  }

  head() {
    return this.#log.head();
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const drafts = draft(stream, events);
    const [last] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    const end = last?.revision ?? 'none';
    if (expected !== 'any' && expected !== end) throw new WrongExpectedRevision(stream, expected, end);
    const position = await this.#log.head();
    const first = end === 'none' ? 0 : end + 1;
    for (const [index, { id, type, data, metadata }] of drafts.entries()) {
      const revision = (first + index) as Revision;
      // As it would be read back.
      const stored = { data: parsed(data), metadata: parsed(metadata) };
      this.#rehearsed.push({ id, type, ...stored, stream, revision, position });
    }
    return { revision: (first + drafts.length - 1) as Revision, position, duplicate: false };
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<readonly RecordedEvent[]> {
    const own = this.#rehearsed.filter((event) => event.stream === stream);
    const [firstOwn] = own;
    if (firstOwn === undefined) return this.#log.readStream(stream, options);
    const { from, direction = 'forwards', limit = DEFAULT_LIMIT } = options;
    // Events that others have appended since the dry run are left out.
    const isBefore = ({ revision }: RecordedEvent) => revision < firstOwn.revision;
    if (direction === 'forwards') {
      const before = (await this.#log.readStream(stream, { from, limit })).filter(isBefore);
      const after = own.filter(({ revision }) => from === undefined || revision >= from);
      return [...before, ...after].slice(0, limit);
    }
    const after = own.filter(({ revision }) => from === undefined || revision <= from).reverse();
    const left = limit - after.length;
    const next = Math.min(from ?? Number.POSITIVE_INFINITY, firstOwn.revision - 1);
    if (left <= 0 || next < 0) return after.slice(0, limit);
    const before = await this.#log.readStream(stream, { from: next as Revision, direction, limit: left });
    return [...after, ...before];
  }
}

function parsed(json: string): JsonObject {
  return JSON.parse(json) as JsonObject;
}
