import { type Position, START } from '#event-store';
import { HttpProblem } from './problem.ts';

/** A token of ours, or the cursor of a change (`changes/cursor.ts`): both are places in the log. */
const TOKEN = /^[pc]([0-9a-z]{1,11})$/;
const DEFAULT_WAIT_SECONDS = 2;
const MOST_WAIT_SECONDS = 10;

/** A position in the log for clients; opaque but for equality. */
export function consistencyToken(position: Position): string {
  return `p${(position - START).toString(36)}`;
}

/** @throws HttpProblem it is not a token of this service */
export function positionOf(token: string): Position {
  const digits = TOKEN.exec(token)?.[1];
  if (digits === undefined) {
    throw new HttpProblem(
      400,
      'invalid-consistency-token',
      'The Consistency-Token was not issued by this service.',
    );
  }
  return (Number.parseInt(digits, 36) + START) as Position;
}

/** How long a read may wait for its view, in milliseconds: `Prefer: wait=<seconds>`. */
export function waitOf(prefer: string | undefined): number {
  const wanted = /(?:^|[,;\s])wait=(\d{1,4})(?=$|[,;\s])/i.exec(prefer ?? '')?.[1];
  const seconds = wanted === undefined ? DEFAULT_WAIT_SECONDS : Math.min(Number(wanted), MOST_WAIT_SECONDS);
  return seconds * 1000;
}
