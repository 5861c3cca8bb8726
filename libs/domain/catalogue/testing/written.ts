import fc from 'fast-check';

/** Text of any script, with what people put around and between words. */
export const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('Koel', 'B.V.', 'bv', 'GmbH', '&', 'Co', 'é', 'ß', 'S.', 'İ', '.', ' ', '1', '-'))
    .map((parts) => parts.join(' ')),
);

/** Applies changes that do not count when text is compared. */
const REWRITINGS: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFD'),
  (text) => text.replaceAll(' ', '  '),
  (text) => ` ${text} `,
  (text) => text.replaceAll(' ', ' - '),
  (text) => text.replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('é', 'e'),
];

/** One text in two spellings that compare as equal. */
export const rewritten = fc
  .tuple(
    fc
      .array(fc.constantFrom('Kälte', 'straße', 'Sørensen', 'café', 'Łódź', 'nord', '12', 'Œuvre'), {
        minLength: 1,
      })
      .map((words) => words.join(' ')),
    fc.subarray([...REWRITINGS]),
  )
  .map(([text, rewritings]) => [text, rewritings.reduce((left, rewrite) => rewrite(left), text)] as const);
