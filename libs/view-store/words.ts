import type { Spellings } from './port.ts';

/** How many words are looked for at once; each is a search of its own. */
const WANTED = 16;

/** The different words, in order. */
function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '').sort();
}

/** The words as they are stored, in order; what begins another one is found by that. */
export function distinctWords(words: readonly string[]): string[] {
  return distinct(words).filter((word, place, sorted) => !sorted[place + 1]?.startsWith(word));
}

/** What is looked for: the spellings of each word that no other begins, of the first words if there are many. */
export function lookedFor(wanted: readonly Spellings[]): readonly Spellings[] {
  return wanted.slice(0, WANTED).map((spellings) => {
    const shortest: string[] = [];
    for (const spelling of distinct(spellings)) {
      const last = shortest.at(-1);
      if (last === undefined || !spelling.startsWith(last)) shortest.push(spelling);
    }
    return shortest;
  });
}

/** Whether each of `wanted` begins some word. */
export function haveAll(words: readonly string[], wanted: readonly Spellings[]): boolean {
  return wanted.every((spellings) =>
    spellings.some((spelling) => words.some((word) => word.startsWith(spelling))),
  );
}
