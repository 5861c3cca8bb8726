import type { Spellings } from './port.ts';

/** How many words may be searched for at once; each is a search of its own. */
const MAX_WORDS = 16;

/** The different words, in order. */
function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '').sort();
}

/** The words as they are stored, in order, without those that are a prefix of another one. */
export function distinctWords(words: readonly string[]): string[] {
  return distinct(words).filter((word, place, sorted) => !sorted[place + 1]?.startsWith(word));
}

/** The spellings of each searched word, without those that another one is a prefix of; of the first words only. */
export function searchedSpellings(wanted: readonly Spellings[]): readonly Spellings[] {
  return wanted.slice(0, MAX_WORDS).map((spellings) => {
    const shortest: string[] = [];
    for (const spelling of distinct(spellings)) {
      const last = shortest.at(-1);
      if (last === undefined || !spelling.startsWith(last)) shortest.push(spelling);
    }
    return shortest;
  });
}

/** Whether each of `wanted` is a prefix of some word. */
export function matchesAll(words: readonly string[], wanted: readonly Spellings[]): boolean {
  return wanted.every((spellings) =>
    spellings.some((spelling) => words.some((word) => word.startsWith(spelling))),
  );
}
