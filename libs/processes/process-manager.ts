import type { Aggregates, CommandPort } from '#application/core';
import type { Recorded, TesseraEvent } from '#contracts';
import type { EventReader, JsonObject, Position } from '#event-store';
import type { ViewReader } from '#view-store';

/** The event that gave a process something to do. */
export interface Cause {
  readonly eventId: string;
  readonly position: Position;
  readonly correlationId: string;
}

/** What a process has to do because of one event; it stays open until a step says that it is done. */
export interface Work<Data extends JsonObject = JsonObject> {
  /** Tells it from the other work of the same process. */
  readonly key: string;
  readonly cause: Cause;
  /** Enough to find everything else by. */
  readonly data: Data;
}

export type NewWork<Data extends JsonObject> = Pick<Work<Data>, 'key' | 'data'>;

/** What one step works on: one piece of work, or several that are done together. */
export type Works<Data extends JsonObject> = readonly [Work<Data>, ...Work<Data>[]];

/** What a step decides by, and acts with. */
export interface ProcessDependencies {
  readonly reader: EventReader;
  readonly aggregates: Aggregates;
  readonly views: ViewReader;
  readonly commands: CommandPort;
}

/** `continue`: there is more to do, in another step. */
export type StepResult = 'continue' | 'done';

/** What must follow from certain events, however often everything crashes in between. */
export interface ProcessManager<Data extends JsonObject = JsonObject> {
  readonly name: string;
  readonly startedBy: readonly TesseraEvent['type'][];
  /** What the event gives to do, if anything. Pure. */
  workFor(event: Recorded): NewWork<Data> | undefined;
  /** Open work with the same answer is done together; each by itself by default. Pure. */
  together?(work: Work<Data>): string;
  /**
   * Finds out from replayed state what is next, and does that much and no more. It may end anywhere, by any error,
   * and be run again: its commands carry ids that follow from their cause, so that each takes effect once.
   */
  step(works: Works<Data>, dependencies: ProcessDependencies): Promise<StepResult>;
}

/** A step of works that are done one after the other: of the first that has anything left to do. */
export async function inTurn<Data extends JsonObject>(
  works: Works<Data>,
  step: (work: Work<Data>) => Promise<StepResult>,
): Promise<StepResult> {
  for (const work of works) {
    if ((await step(work)) === 'continue') return 'continue';
  }
  return 'done';
}
