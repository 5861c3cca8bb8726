import { positionAt } from '#contracts';
import type { Position } from '#event-store';
import type { Parameter } from '../http/list-request.ts';
import { HttpProblem } from '../http/problem.ts';

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
