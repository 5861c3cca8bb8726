import { type EventReader, type Position, START } from '#event-store';
import type { Backup } from './backup.ts';
import { type Places, parts } from './parts/index.ts';
import { eventsOf } from './reading.ts';

/**
 * Maps positions of a saved log to positions of its restored log: those of the same events, and between two events that
 * of the earlier one.
 */
export async function relocate(backup: Backup, restored: EventReader): Promise<Places> {
  const named = await positionsIn(backup);
  const places = new Map<Position, Position>();
  const copies = eventsOf(restored);
  let last = START;
  let next = 0;
  const passBefore = (position: number) => {
    for (; (named[next] ?? position) < position; next += 1) places.set(named[next] as Position, last);
  };
  for await (const { position } of named.length === 0 ? [] : backup.events()) {
    passBefore(position);
    const { value: copy } = await copies.next();
    if (copy) last = copy.position;
    if (next === named.length) break;
  }
  passBefore(Number.POSITIVE_INFINITY);
  await copies.return(undefined);
  return (position) => places.get(position) ?? START;
}

/** Each once, ascending. */
async function positionsIn(backup: Backup): Promise<readonly Position[]> {
  const found = new Set<Position>();
  for (const { name, positions } of parts) {
    if (positions === undefined) continue;
    for await (const record of backup.records(name)) {
      for (const position of positions(record)) found.add(position);
    }
  }
  return [...found].sort((one, other) => one - other);
}
