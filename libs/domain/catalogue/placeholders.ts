import { foldText } from './text.ts';

/** Placeholders that people write for a missing value: in Dutch, French, German, English and other languages. */
const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set(
  [
    'x',
    ...['none', 'no', 'nil', 'null', 'nan', 'unknown', 'not known', 'empty', 'blank', 'undefined', 'missing'],
    ...['n a', 'na', 'not applicable', 'not available', 'tbd', 'tba', 'tbc', 'to be determined'],
    ...['geen', 'onbekend', 'niet bekend', 'niet gekend', 'onleesbaar', 'leeg', 'zonder'],
    ...['nvt', 'niet van toepassing', 'niet beschikbaar', 'nb', 'n b'],
    ...['inconnu', 'inconnue', 'aucun', 'aucune', 'neant', 'sans', 'non connu', 'illisible', 'vide'],
    ...['sans objet', 's o', 'non applicable', 'non disponible', 'nc', 'n c', 'nd', 'n d'],
    ...['unbekannt', 'nicht bekannt', 'kein', 'keine', 'keiner', 'ohne', 'leer', 'unleserlich'],
    ...['k a', 'keine angabe', 'entfallt', 'nicht vorhanden', 'nicht verfugbar', 'nicht zutreffend'],
    ...['desconocido', 'sconosciuto', 'ukendt', 'ukjent', 'okand', 'ingen', 'brak', 'nieznany'],
  ].map((words) => words.replaceAll(' ', '')),
);

/** Whether the text is a placeholder: without letter or digit, only zeros, or a word for none. */
export function isPlaceholder(value: string): boolean {
  const left = foldText(value).replaceAll(' ', '');
  return /^0*$/.test(left) || PLACEHOLDER_WORDS.has(left);
}

/**
 * Whether a VAT or serial number is invalid: a placeholder, or one repeated character. Such a value is neither stored
 * nor compared (R-K5).
 */
export function isPlaceholderNumber(value: string): boolean {
  return isPlaceholder(value) || /^(.)\1+$/u.test(foldText(value).replaceAll(' ', ''));
}

/** A serial number, normalised for comparison: folded, without spaces; `undefined` where it is invalid (R-K5). */
export function serialNumberKey(serialNumber: string | undefined): string | undefined {
  return serialNumber === undefined || isPlaceholderNumber(serialNumber)
    ? undefined
    : foldText(serialNumber).replaceAll(' ', '');
}
