/** At least this many of the latest results are cached, and at most twice as many. */
const KEPT = 2_000;
/** Longer texts rarely occur twice, and are not cached. */
const LONGEST = 256;

/**
 * The same function with a cache of its latest results: for pure functions of texts that occur again and again.
 * @param of must return immutable values
 */
export function remembered<Result>(of: (text: string) => Result, kept = KEPT): (text: string) => Result {
  let latest = new Map<string, Result>();
  let earlier = latest;
  return (text) => {
    const found = latest.get(text);
    if (found !== undefined) return found;
    if (text.length > LONGEST) return of(text);
    const result = earlier.get(text) ?? of(text);
    if (latest.size >= kept) {
      earlier = latest;
      latest = new Map();
    }
    latest.set(text, result);
    return result;
  };
}
