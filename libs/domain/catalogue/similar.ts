import { companyKey, nameKey, withoutSpaces } from './text.ts';

/** Shorter names must be equal in every letter. */
const SHORTEST_SIMILAR = 4;

/** In a shorter word two different letters make another name: Maes is not Claes. */
const LONG_WORD = 6;

/**
 * Whether two names are equal except for a typing error: one letter, or two that are not in one short word (R-P5).
 * A different digit is never a typing error: `Hal 1` is not `Hal 2`. Symmetric.
 */
export function similarName(one: string, other: string): boolean {
  const [mine, its] = [companyKey(one), companyKey(other)];
  if (mine === its) return true;
  const [whole, itsWhole] = [nameKey(one), nameKey(other)];
  // An error in a legal form, or one that makes a legal form of the last word: the rest of the names is equal then.
  if ((whole === mine) !== (itsWhole === its) && distanceOf(whole, itsWhole) <= 1) return true;
  if ([mine, its].some((name) => withoutSpaces(name).length < SHORTEST_SIMILAR)) return false;
  const distance = distanceOf(mine, its);
  return distance <= 1 || (distance === 2 && !inOneShortWord(mine.split(' '), its.split(' ')));
}

/** The number of typing errors between two names, at most 3. */
function distanceOf(one: string, other: string): number {
  if (digitsOf(one) !== digitsOf(other)) return 3;
  return editDistance(withoutSpaces(one), withoutSpaces(other));
}

function digitsOf(name: string): string {
  return (name.match(/\p{N}+/gu) ?? []).join(' ');
}

function inOneShortWord(words: readonly string[], others: readonly string[]): boolean {
  if (words.length !== others.length) return true;
  return words.some((word, index) => {
    const other = others[index] ?? '';
    return Math.max(word.length, other.length) < LONG_WORD && editDistance(word, other) > 1;
  });
}

/** The number of letters to remove, add, replace or swap with the next to turn one into the other; at most 3. */
function editDistance(one: string, other: string): number {
  const [from, to] = [[...one], [...other]];
  if (Math.abs(from.length - to.length) > 2) return 3;
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, its] of to.entries()) {
      const swapped = row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === its;
      current.push(
        Math.min(
          cell(last, column + 1) + 1,
          cell(current, column) + 1,
          cell(last, column) + (letter === its ? 0 : 1),
          swapped ? cell(before, column - 1) + 1 : 3,
        ),
      );
    }
    [before, last] = [last, current];
  }
  return Math.min(cell(last, to.length), 3);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? 3;
}
