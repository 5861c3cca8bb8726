// The words documents are found by (R-K7): folded as import and plan compare them, and as lists are asked for them.
import { foldedWords, type VatHolder, vatNumberSpellings } from '#domain/catalogue';

/** The words of these texts. */
export function wordsOf(...texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => (text === undefined ? [] : foldedWords(text)));
}

/** Those of references and numbers, which are also found closed up. */
export function codeWords(...codes: readonly (string | undefined)[]): string[] {
  return codes.flatMap((code) => {
    const words = wordsOf(code);
    return words.length > 1 ? [...words, words.join('')] : words;
  });
}

/** Those of a VAT number, which is found however it is spaced: each part of it begins a rest of the number. */
export function vatNumberWords(holder: VatHolder): string[] {
  const rests = vatNumberSpellings(holder).flatMap((spelling) => {
    const prefix = /^\p{L}*/u.exec(spelling)?.[0].length ?? 0;
    const number = spelling.slice(prefix);
    return [spelling, ...Array.from(number, (_, index) => number.slice(index))];
  });
  return [...new Set(rests)];
}
