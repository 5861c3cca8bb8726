import { type Measured, median, perSecond } from './measuring.ts';

/** One line of the report. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What each turn came to, of which the value is the median. */
  readonly turns?: readonly number[];
  /** The measurement of the same run that it is compared with, and their ratio. */
  readonly ratioTo?: string;
  readonly ratio?: number;
  /** The least and the most that the ratio came to, turn by turn; it is their median. */
  readonly spread?: readonly [least: number, most: number];
  /** What the ratio is meant to reach, or not to exceed. */
  readonly target?: Target;
}

type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A measurement that is not possible here, with the reason, or what it requires. */
export interface NotMeasured {
  readonly name: string;
  readonly reason: string;
}

export type Line = Figure | NotMeasured;

/** The median of what the turns came to. */
export function figure(name: string, turns: readonly number[], unit: string): Figure {
  return { name, value: median(turns), unit, ...(turns.length > 1 && { turns }) };
}

/** How much it comes to per second. */
export function rate(name: string, turns: readonly Measured[], unit: string): Figure {
  return figure(name, turns.map(perSecond), unit);
}

/** A figure beside the one it is compared with: turn by turn, where they were taken in the same turns. */
export function compared(one: Figure, other: Figure, target?: Target): Figure {
  const beside = { ...one, ratioTo: other.name, ...(target && { target }) };
  if (one.turns === undefined || one.turns.length !== other.turns?.length) {
    return { ...beside, ratio: one.value / other.value };
  }
  const ratios = one.turns.map((value, turn) => value / (other.turns?.[turn] as number));
  return { ...beside, ratio: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] };
}

function isMeasured(line: Line): line is Figure {
  return 'value' in line;
}

/** The lines as a table; missed targets are marked. */
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

function ratioOf({ ratio, ratioTo, spread }: Figure): string {
  if (ratio === undefined) return '';
  const range = spread ? ` (${spread.map((end) => end.toPrecision(3)).join('–')})` : '';
  return `${ratio.toPrecision(3)}${range} of ${ratioTo}`;
}

function targetOf({ ratio = 0, target }: Figure): string {
  if (target === undefined) return '';
  if ('atLeast' in target)
    return ratio >= target.atLeast ? `reaches ${target.atLeast}` : `MISSES ${target.atLeast}`;
  const most = Number(target.atMost.toPrecision(3));
  return ratio <= target.atMost ? `stays within ${most}` : `EXCEEDS ${most}`;
}

/** The measurements as JSON. */
export function json(lines: readonly Line[]): string {
  const rows = lines.filter(isMeasured).map(({ target: _, ...row }) => row);
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}
