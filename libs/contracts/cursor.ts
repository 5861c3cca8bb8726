import { type Position, START } from '#event-store';

const CURSOR = /^c([0-9a-z]{1,11})$/;

/** The cursor of what follows a position, for clients: opaque, and valid in every process. */
export function cursorAt(position: Position): string {
  return `c${(position - START).toString(36)}`;
}

/** The position of a cursor; `undefined` where it is invalid. */
export function positionAt(cursor: string): Position | undefined {
  const digits = CURSOR.exec(cursor)?.[1];
  if (digits === undefined) return undefined;
  const position = Number.parseInt(digits, 36) + START;
  return Number.isSafeInteger(position) ? (position as Position) : undefined;
}
