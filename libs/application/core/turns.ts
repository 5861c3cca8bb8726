import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many items are visited, some microseconds each, before other work gets its turn. */
const AT_ONCE = 1_000;

/** Visits every item. Other work runs in between: it must not change the list. */
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
