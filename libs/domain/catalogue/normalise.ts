import type { Address } from './events.ts';

/** Letters that stand for others without being made of them. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** What says how a company is held, and nothing of who it is. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  (
    'ab ag aps as asbl bv bvba co comm company corp corporation cv cvba ehf gmbh gcv inc incorporated kg kft ' +
    'limited llc llp ltd nv ohg oy oyj plc sa sarl sas sasu sl slu sl spa sprl srl sro vof vzw zoo'
  ).split(' '),
);

/** Text as it compares: no case, diacritics or punctuation, single spaces. Idempotent. */
export function normaliseText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðłþı]/g, (letter) => SPELT_OUT[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A VAT number as it compares: capitals and digits only. Idempotent. */
export function normaliseVat(vat: string): string {
  return vat
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}

/** A company's name as it compares: as text, without the legal forms it ends in. Idempotent. */
export function normaliseName(name: string): string {
  const words = normaliseText(withoutAbbreviationDots(name)).split(' ');
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

/** An address as it compares: the street with the postal code, or with the city where there is none. */
export function normaliseAddress({ street, postalCode, city }: Address): string {
  const place = normaliseText(postalCode ?? '').replaceAll(' ', '') || normaliseText(city);
  return `${normaliseText(street)}, ${place}`;
}

/** `B.V.` is `BV`; the dot of `St. Gallen` stays, to be read as a space. */
function withoutAbbreviationDots(name: string): string {
  return name.replace(/(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))/gu, '');
}
