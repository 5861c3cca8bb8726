import { inspect, isDeepStrictEqual, stripVTControlCharacters, styleText } from 'node:util';
import type { Problem } from '../api/http/problem.ts';

const LABEL_WIDTH = 12;
/** The line width where the terminal does not report a usable one. */
const COLUMNS = 100;
const FEWEST_COLUMNS = 40;

/** Prints the demo, and records checks that failed. */
export class Narrator {
  readonly differences: string[] = [];
  private chapters = 0;
  private checks = 0;

  constructor(private readonly out: NodeJS.WriteStream) {}

  chapter(title: string): void {
    this.chapters += 1;
    this.line('');
    this.line(this.styled('bold', `${this.chapters}. ${title}`));
  }

  note(text: string): void {
    this.wrapped('   ', text);
  }

  /** What one party reads of a share. */
  view(party: string, status: string, allowedActions: readonly string[]): void {
    this.labelled(
      'view',
      `${party} reads ${this.styled('bold', status)}, and may: ${listed(allowedActions)}`,
    );
  }

  event(sentence: string): void {
    this.labelled('event', sentence);
  }

  notice(party: string, text: string): void {
    this.labelled('inbox', `${party}: ${text}`);
  }

  refusal(attempt: string, { status, code, detail, currentStatus, allowedActions, errors }: Problem): void {
    this.labelled('refused', `${attempt}: ${this.styled('yellow', `${status} ${code}`)}. ${detail}`);
    const reasons = new Set(errors?.map((error) => error.code).filter((reason) => reason !== code));
    if (reasons.size > 0) this.labelled('', `Because: ${[...reasons].join(', ')}.`);
    if (currentStatus === undefined || allowedActions === undefined) return;
    this.labelled('', `It is ${currentStatus}; allowed now: ${listed(allowedActions)}.`);
  }

  /** Checks that a value is as expected. */
  check(claim: string, actual: unknown, expected: unknown): void {
    this.checks += 1;
    if (isDeepStrictEqual(actual, expected)) {
      this.labelled(this.styled('green', '✓'), claim, 1);
      return;
    }
    const difference = `${claim}: expected ${shown(expected)}, was ${shown(actual)}`;
    this.differences.push(difference);
    this.labelled(this.styled('red', '✗'), difference, 1);
  }

  /** The summary. */
  end(): void {
    this.line('');
    if (this.differences.length === 0) {
      this.line(this.styled('green', `All checks passed: ${this.checks} checks.`));
      return;
    }
    this.line(this.styled('red', `${this.differences.length} of ${this.checks} checks failed:`));
    for (const difference of this.differences) this.line(`   ${difference}`);
  }

  private labelled(label: string, text: string, width = label.length): void {
    this.wrapped(`${' '.repeat(LABEL_WIDTH - width)}${label}  `, text, LABEL_WIDTH + 2);
  }

  /** Text wrapped at the width of the terminal, indented below its label. */
  private wrapped(begin: string, text: string, indent = begin.length): void {
    const { columns = 0 } = this.out;
    const width = (columns < FEWEST_COLUMNS ? COLUMNS : columns) - indent;
    let line = '';
    let lead = begin;
    for (const word of text.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || stripVTControlCharacters(longer).length <= width) {
        line = longer;
        continue;
      }
      this.line(lead + line);
      lead = ' '.repeat(indent);
      line = word;
    }
    this.line(lead + line);
  }

  /** Without colours in files and pipes, or when NO_COLOR is set. */
  private styled(format: 'bold' | 'green' | 'red' | 'yellow', text: string): string {
    return styleText(format, text, { stream: this.out });
  }

  private line(text: string): void {
    this.out.write(`${text}\n`);
  }
}

function listed(actions: readonly string[]): string {
  return actions.length > 0 ? actions.join(', ') : 'nothing';
}

function shown(value: unknown): string {
  return inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY });
}
