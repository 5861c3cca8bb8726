import { setImmediate as nextTurn } from 'node:timers/promises';

/** So many items are gone through, some microseconds each, before others get their turn. */
const AT_ONCE = 1_000;

/** Visits every item. Others are let in between: what the items are of must not change with them. */
export async function forEachInTurns<Item>(
  items: Iterable<Item>,
  visit: (item: Item) => void,
): Promise<void> {
  let visited = 0;
  for (const item of items) {
    visit(item);
    visited += 1;
    if (visited % AT_ONCE === 0) await nextTurn();
  }
}
