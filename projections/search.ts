// The words by which documents are found (R-K7), besides those of addresses: folded as in import and plan.
import { foldedWords, type VatHolder, vatNumberSpellings } from '#domain/catalogue';

/** The words of these texts. */
export function wordsOf(...texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text) => (text === undefined ? [] : foldedWords(text)));
}

/** A word for the id of an account or a place, by which its documents are found; no text contains such a word. */
export function idWord(id: string): string {
  return `@${id}`;
}

/** The words of references and numbers, which are also found without their spaces. */
export function codeWords(...codes: readonly (string | undefined)[]): string[] {
  return codes.flatMap((code) => {
    const words = wordsOf(code);
    return words.length > 1 ? [...words, words.join('')] : words;
  });
}

/** The words of a VAT number: each of its suffixes, so that it is found however it is spaced. */
export function vatNumberWords(holder: VatHolder): string[] {
  const rests = vatNumberSpellings(holder).flatMap((spelling) => {
    const prefix = /^\p{L}*/u.exec(spelling)?.[0].length ?? 0;
    const number = spelling.slice(prefix);
    return [spelling, ...Array.from(number, (_, index) => number.slice(index))];
  });
  return [...new Set(rests)];
}
