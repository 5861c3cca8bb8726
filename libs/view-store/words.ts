/**
 * The different words of a text, as free text is stored and asked for: in lower case, without diacritics, split
 * wherever there is neither a letter nor a digit. In order.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ');
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu))].sort();
}
