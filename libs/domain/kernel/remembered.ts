/** How many results are kept at least, when there have been so many; at most twice as many. */
const KEPT = 2_000;
/** Longer texts are rarely met twice. */
const LONGEST = 256;

/**
 * The same function, which keeps its latest results: of a pure function of texts that are met over and over.
 * @param of must give nothing that can be changed
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
