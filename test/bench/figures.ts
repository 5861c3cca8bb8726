import { type Measured, perSecond } from './measuring.ts';

/** One line of the report. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The figure of the same run it is compared with, and how many times as much it is. */
  readonly ratioTo?: string;
  readonly ratio?: number;
  /** What the ratio is meant to reach. */
  readonly target?: number;
}

/** A figure that cannot be given here, and why, or what would let it. */
export interface NotMeasured {
  readonly name: string;
  readonly reason: string;
}

export type Line = Figure | NotMeasured;

/** How much all of it together comes to per second. */
export function rate(name: string, measured: readonly Measured[], unit: string): Figure {
  return { name, value: perSecond(...measured), unit };
}

/** A figure beside the one it is compared with. */
export function compared({ name, value, unit }: Figure, other: Figure, target?: number): Figure {
  const ratio = value / other.value;
  return { name, value, unit, ratioTo: other.name, ratio, ...(target !== undefined && { target }) };
}

function isMeasured(line: Line): line is Figure {
  return 'value' in line;
}

/** The lines as a table for people; what misses its target is marked. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) =>
    isMeasured(line)
      ? [line.name, shown(line.value), line.unit, ratioOf(line), targetOf(line)]
      : [line.name, '', `not measured: ${line.reason}`],
  );
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.filter(({ length }) => length > 3).map((row) => row[column]?.length ?? 0), 0),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shown(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: value < 100 ? 1 : 0 });
}

function ratioOf({ ratio, ratioTo }: Figure): string {
  return ratio === undefined ? '' : `${ratio.toPrecision(3)} of ${ratioTo}`;
}

function targetOf({ ratio = 0, target }: Figure): string {
  if (target === undefined) return '';
  return ratio >= target ? `reaches ${target}` : `MISSES ${target}`;
}

/** The lines for machines: what was measured, as JSON. */
export function json(lines: readonly Line[]): string {
  const rows = lines.filter(isMeasured).map(({ target: _, ...row }) => row);
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}
