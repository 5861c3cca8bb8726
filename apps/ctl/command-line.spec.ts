import { beforeEach, describe, expect, it } from '@jest/globals';
import { UnknownEventType } from '#contracts';
import { InvalidConfig } from '../environment.ts';
import { type Answer, CannotBeDone, CommandLine, WrongUsage } from './command-line.ts';

let out: string;
let err: string;
let line: CommandLine;

beforeEach(() => {
  out = '';
  err = '';
  line = new CommandLine({
    env: {},
    out: { write: (text) => (out += text) },
    err: { write: (text) => (err += text) },
  });
});

/** Runs the command `boxes open <key>`, which does what `work` does. */
function run(
  args: readonly string[],
  work = async (key: string): Promise<Answer> => ({ data: { key }, text: `It is ${key}.` }),
) {
  const open = line
    .command('open', { summary: 'open a box', examples: { 'boxes open 7': 'Open the seventh:' } })
    .argument('<key>')
    .action(line.answering((key) => work(key)));
  return line.run(args, 'For those with boxes.', [line.group('boxes', 'what is in boxes', [open])]);
}

const failing = (error: Error) => () => Promise.reject(error);

describe('a command', () => {
  it('answers people', async () => {
    expect(await run(['boxes', 'open', '7'])).toBe(0);
    expect({ out, err }).toEqual({ out: 'It is 7.\n', err: '' });
  });

  it('answers programs with one JSON value', async () => {
    expect(await run(['boxes', 'open', '7', '--json'])).toBe(0);
    expect(JSON.parse(out)).toEqual({ key: '7' });
  });

  it('ends with 3 when it found something wrong', async () => {
    expect(
      await run(['boxes', 'open', '7'], async () => ({ data: [], text: 'Dust.', foundWrong: true })),
    ).toBe(3);
    expect({ out, err }).toEqual({ out: 'Dust.\n', err: '' });
  });

  it.each([
    ['cannot be executed', new CannotBeDone('The box is locked: bring its key.')],
    ['is given settings that cannot be', new InvalidConfig(['BOXES must be a number.'])],
  ])('ends with 1 and one clear message when it %s', async (_, error) => {
    expect(await run(['boxes', 'open', '7'], failing(error))).toBe(1);
    expect({ out, err }).toEqual({ out: '', err: `${error.message}\n` });
  });

  it('names an event of a newer release, and says what to do', async () => {
    expect(await run(['boxes', 'open', '7'], failing(new UnknownEventType('Painted')))).toBe(1);
    expect(err).toBe('There is no event type Painted. Use the release that wrote it.\n');
  });

  it('shows where a fault of ours happened', async () => {
    expect(await run(['boxes', 'open', '7'], failing(new TypeError('no box')))).toBe(1);
    expect(err).toContain('TypeError: no box\n    at ');
  });

  it.each([
    ['an unknown command', ['destroy'], "error: unknown command 'destroy'"],
    ['an unknown option', ['boxes', 'open', '7', '--fast'], "error: unknown option '--fast'"],
    ['a missing argument', ['boxes', 'open'], "error: missing required argument 'key'"],
  ])('ends with 2 for %s, and says what to do', async (_, args, message) => {
    expect(await run(args)).toBe(2);
    expect({ out, err }).toEqual({ out: '', err: `${message}\n(--help shows how it is used.)\n` });
  });

  it('ends with 2 in the same way for what only the command itself can check', async () => {
    expect(await run(['boxes', 'open', 'x'], failing(new WrongUsage('a key is a number')))).toBe(2);
    expect(err).toBe('error: a key is a number\n(--help shows how it is used.)\n');
  });

  it('repeats no password of a mistyped command line', async () => {
    await run(['boxes', 'open', '7', 'esdb://admin:hidden@host:2113']);
    await run(['boxes', 'open', '7', '--url=mongodb://admin:hidden@host/tessera']);
    expect(err).toContain('esdb://…@host:2113');
    expect(err).toContain("unknown option '--url=mongodb://…@host/tessera'");
    expect(err).not.toContain('hidden');
  });

  it('is explained with examples', async () => {
    expect(await run(['boxes', 'open', '--help'])).toBe(0);
    expect(out).toContain('Usage: tessera-ctl boxes open [options] <key>');
    expect(out).toContain('--json');
    expect(out).toContain('Examples:\n  Open the seventh:\n    tessera-ctl boxes open 7');
  });
});

it('without a command, the commands and exit codes are listed', async () => {
  expect(await run([])).toBe(0);
  expect(out).toContain('boxes           what is in boxes');
  expect(out).toContain('Exit codes:\n  0  done\n');
});
