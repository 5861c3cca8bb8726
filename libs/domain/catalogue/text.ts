// How text compares (R-K7): the same way in import, plan and search.
import { remembered } from '#domain/kernel';

/** Letters that stand for others without being made of them. */
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
const STANDING_FOR_OTHERS = new RegExp(`[${Object.keys(SPELT_OUT).join('')}]`, 'g');

/** Accents, Hebrew points and Arabic vowel signs: what may be left out. Vowels of other scripts are letters. */
const DIACRITICS =
  /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]|[\u0591-\u05c7]|[\u0610-\u061a]|[\u064b-\u065f]|\u0670/g;

/** The dots of `B.V.`, which is `BV`; that of `St. Gallen` is a space. */
const ABBREVIATION_DOTS = /(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))/gu;

/** What says how a company is held, and nothing of who it is. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'ab ag aps as asbl bv bvba co comm company corp corporation cv cvba ehf gmbh gcv inc incorporated kg kft ' +
    'limited llc llp ltd nv ohg oy oyj plc sa sarl sas sasu sl slu spa sprl srl sro vof vzw zoo'
  ).split(' '),
);

/**
 * Text without what does not count when it is compared: case, diacritics, punctuation and the width of spaces, with
 * letters that stand for others spelt out. Words with single spaces between them; empty if there are none. Idempotent.
 */
export const foldText = remembered((text) =>
  text
    .replace(ABBREVIATION_DOTS, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(DIACRITICS, '')
    .replace(STANDING_FOR_OTHERS, (letter) => SPELT_OUT[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim(),
);

/** The words of a text as they are looked for (R-K7): folded, none where folding leaves nothing of it. */
export function foldedWords(text: string): string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '');
}

/** A name as it compares: folded, or as it stands where folding leaves nothing of it. Idempotent. */
export function nameKey(name: string): string {
  return foldText(name) || name.trim();
}

/** Whether two names differ in nothing that counts. */
export function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

/** A company's name as it compares, without the legal forms it ends in. Idempotent. */
export function companyKey(name: string): string {
  const words = nameKey(name).split(' ');
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/**
 * A building's name, a reference or a number as it compares: only case and spacing do not count, for `Niveau 1` and
 * `Niveau -1` are two, and so are `A` and `A+` (R-K3). Idempotent.
 */
export function labelKey(label: string): string {
  return withoutSpaces(label.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC').trim());
}

/** Closes up what is spaced, but for numbers, which stay apart. */
export function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/(?<!\d) | (?!\d)/g, '');
}
