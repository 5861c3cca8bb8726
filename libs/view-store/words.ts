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

/** How many words a query may have; each is a search of its own. */
const QUERY_WORDS = 16;

/** The words a query asks for: those of its text, the first ones if there are many. */
export function queryWords(query: string): string[] {
  return wordsOf(query).slice(0, QUERY_WORDS);
}
