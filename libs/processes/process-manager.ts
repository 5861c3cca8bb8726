import type { Aggregates, Clock, CommandPort } from '#application/core';
import type { Recorded, TesseraEvent } from '#contracts';
import type { Instant } from '#domain/kernel';
import type { EventReader, JsonObject, Position } from '#event-store';
import type { ViewReader } from '#view-store';

/** The event that caused work for a process. */
export interface Cause {
  readonly eventId: string;
  readonly position: Position;
  readonly correlationId: string;
  /** The trace in which it was recorded. */
  readonly traceparent?: string;
}

/** What a process has to do because of one event; it stays open until a step says that it is done. */
export interface Work<Data extends JsonObject = JsonObject> {
  /** Distinguishes it from other work of the same process. */
  readonly key: string;
  readonly cause: Cause;
  /** The ids by which a step finds everything else. */
  readonly data: Data;
}

export type NewWork<Data extends JsonObject> = Pick<Work<Data>, 'key' | 'data'>;

/** The input of one step: one piece of work, or several that are done together. */
export type Works<Data extends JsonObject> = readonly [Work<Data>, ...Work<Data>[]];

/** What a step reads from and sends commands to. */
export interface ProcessDependencies {
  readonly reader: EventReader;
  readonly aggregates: Aggregates;
  readonly views: ViewReader;
  readonly commands: CommandPort;
  /** The clock commands are stamped by, for several that share a moment. */
  readonly clock: Clock;
}

/** `continue`: there is more to do, in another step; `at`: not before that moment, however often the program restarts. */
export type StepResult = 'continue' | 'done' | { readonly at: Instant };

/** A process manager: does what must follow from certain events, however often the program crashes in between. */
export interface ProcessManager<Data extends JsonObject = JsonObject> {
  readonly name: string;
  readonly startedBy: readonly TesseraEvent['type'][];
  /** The work that the event causes, if any. Pure. */
  workFor(event: Recorded): NewWork<Data> | undefined;
  /** Open work with the same key is done in one step; each by itself by default. Pure. */
  groupKey?(work: Work<Data>): string;
  /**
   * Determines from replayed state what is next, and does only that. It may be interrupted anywhere, by any error,
   * and be run again: the ids of its commands are derived from their cause, so that each takes effect once.
   */
  step(works: Works<Data>, dependencies: ProcessDependencies): Promise<StepResult>;
}

/** A step for work that is done one piece after the other: it works on the first piece that is not finished. */
export async function inTurn<Data extends JsonObject>(
  works: Works<Data>,
  step: (work: Work<Data>) => Promise<StepResult>,
): Promise<StepResult> {
  for (const work of works) {
    const result = await step(work);
    if (result !== 'done') return result;
  }
  return 'done';
}
