// How text is normalised for comparison (R-K7): the same way in import, plan and search.
import { remembered } from '#domain/kernel';

/** Letters that are spelt out as others, although Unicode does not decompose them. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  þ: 'th',
  ŧ: 't',
  ς: 'σ',
};
const LETTERS_SPELT_OUT = new RegExp(`[${Object.keys(SPELT_OUT).join('')}]`, 'g');

/** Marks that may be left out: accents, Hebrew points and Arabic vowel signs. Vowels of other scripts are letters. */
const DIACRITICS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]|[\u0591-\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670/g;

/** The dots of `B.V.`, which is `BV`; that of `St. Gallen` is a space. */
const ABBREVIATION_DOTS = /(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))/gu;

/** Legal forms, which do not identify a company. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'ab ag aps as asbl bv bvba co comm company corp corporation cv cvba ehf gmbh gcv inc incorporated kg kft ' +
    'limited llc llp ltd nv ohg oy oyj plc sa sarl sas sasu sl slu spa sprl srl sro vof vzw zoo'
  ).split(' '),
);

/**
 * Text without what comparison ignores: case, diacritics, punctuation and the width of spaces, with
 * letters such as ß spelt out. Words with single spaces between them; empty if there are none. Idempotent.
 */
export const foldText = remembered((text) =>
  text
    .replace(ABBREVIATION_DOTS, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(DIACRITICS, '')
    .replace(LETTERS_SPELT_OUT, (letter) => SPELT_OUT[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim(),
);

/** The words by which a text is searched (R-K7): folded; none where folding leaves nothing. */
export function foldedWords(text: string): string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '');
}

/** A name, normalised for comparison: folded, or unchanged where folding leaves nothing. Idempotent. */
export function nameKey(name: string): string {
  return foldText(name) || name.trim();
}

/** Whether two names are equal after normalisation. */
export function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

/** A company's name, normalised for comparison, without the legal forms it ends in. Idempotent. */
export function companyKey(name: string): string {
  const words = nameKey(name).split(' ');
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/**
 * A building's name, a reference or a number, normalised for comparison: only case and spacing are ignored, because
 * `Niveau 1` and `Niveau -1` are different, and so are `A` and `A+` (R-K3). Idempotent.
 */
export function labelKey(label: string): string {
  return withoutSpaces(label.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').trim());
}

/** Removes spaces, except between numbers. */
export function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/(?<!\d) | (?!\d)/g, '');
}
