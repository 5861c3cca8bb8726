import CliTable from 'cli-table3';

export type Cell = string | number | undefined;

/** Plain text without frames and colours, for grep and cut. */
const PLAIN = {
  chars: {
    ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '' },
    ...{ bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
    ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' },
  },
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
};

const COUNTS = new Intl.NumberFormat('en');

/** Rows below their headings; numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const printed = new CliTable({
    ...PLAIN,
    head: head.map((name) => name.toUpperCase()),
    colAligns: isNumeric.map((numeric) => (numeric ? 'right' : 'left')),
  });
  printed.push(...rows.map((row) => row.map(shown)));
  return withoutTrailingBlanks(printed.toString());
}

/** The fields of one record, a line each. */
export function record(fields: Readonly<Record<string, Cell>>): string {
  const printed = new CliTable(PLAIN);
  printed.push(...Object.entries(fields).map(([name, value]) => [name, shown(value)]));
  return withoutTrailingBlanks(printed.toString());
}

function shown(cell: Cell): string {
  if (cell === undefined) return '-';
  return typeof cell === 'number' ? COUNTS.format(cell) : printable(cell);
}

/** Names and reasons are user input: they must not contain control sequences of the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Bidi_Control}/gu, '\u{FFFD}');
}

function withoutTrailingBlanks(text: string): string {
  return text.replace(/ +$/gm, '');
}
