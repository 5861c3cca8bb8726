import type { Spellings } from './port.ts';

/** How many words are looked for at once; each is a search of its own. */
const WANTED = 16;

/** The different words, as they are stored: in order. */
export function distinctWords(words: readonly string[]): string[] {
  return [...new Set(words)].filter((word) => word !== '').sort();
}

/** What is looked for: the different spellings of each word, of the first words if there are many. */
export function lookedFor(wanted: readonly Spellings[]): readonly Spellings[] {
  return wanted.slice(0, WANTED).map(distinctWords);
}

/** Whether each of `wanted` begins some word. */
export function haveAll(words: readonly string[], wanted: readonly Spellings[]): boolean {
  return wanted.every((spellings) =>
    spellings.some((spelling) => words.some((word) => word.startsWith(spelling))),
  );
}
