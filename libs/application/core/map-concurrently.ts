/** How many commands one step sends at once: enough to share commits, few enough to leave room for others. */
export const CONCURRENT_COMMANDS = 64;

/**
 * Runs `run` for every item, in their order, at most `limit` at a time. After a failure it starts no more, and
 * throws the first.
 */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const waiting = entriesOf(items);
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}

/** Unlike an array's own iterator, a generator ends for all its users when one of them leaves. */
function* entriesOf<Item>(items: readonly Item[]): Generator<[number, Item]> {
  yield* items.entries();
}
