import { type Position, START } from '#event-store';
import type { Parameter } from '../http/list-request.ts';
import { HttpProblem } from '../http/problem.ts';

const CURSOR = /^c([0-9a-z]{1,11})$/;

/** Where one goes on after a position, as clients carry it: it tells nothing, and is good in every process. */
export function cursorAt(position: Position): string {
  return `c${(position - START).toString(36)}`;
}

function positionAt(cursor: string): Position | undefined {
  const digits = CURSOR.exec(cursor)?.[1];
  if (digits === undefined) return undefined;
  const position = Number.parseInt(digits, 36) + START;
  return Number.isSafeInteger(position) ? (position as Position) : undefined;
}

/** A cursor as a parameter; `now` is the one behind everything that has happened. */
export const cursor: Parameter<Position | 'now'> = {
  wanted: 'a nextCursor, the id of an event, or now',
  schema: { type: 'string', maxLength: 12 },
  parse: (text) => (text === 'now' ? 'now' : positionAt(text)),
};

/**
 * The position that `Last-Event-ID` names.
 * @throws HttpProblem 400 it is no cursor
 */
export function lastEventPosition(header: string): Position {
  const position = positionAt(header);
  if (position !== undefined) return position;
  throw new HttpProblem(400, 'invalid-cursor', 'Last-Event-ID must be the id of an event of this stream.');
}
