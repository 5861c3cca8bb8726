import {
  Command,
  CommanderError,
  type CommandUnknownOpts,
  type OptionValues,
} from '@commander-js/extra-typings';
import { UnknownEvent } from '#contracts';
import { InvalidConfig } from '../environment.ts';
import { ExitCode } from './exit-code.ts';

/** An output stream. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** What a command has found or done. */
export interface Answer {
  /** What `--json` prints: one JSON value. */
  readonly data: unknown;
  /** What is printed for people, without the last line break. */
  readonly text: string;
  /** It was done, and found a problem. */
  readonly foundWrong?: boolean;
}

/** Help on a command besides its arguments and options. */
export interface Help {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Further details. */
  readonly description?: string;
  /** Command lines, without the program's name, each with what it does. */
  readonly examples: Readonly<Record<string, string>>;
}

/** The command line is not one the command understands. It must not repeat secrets. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** The command cannot be executed now; the message says why, and what to do. */
export class CannotBeDone extends Error {
  override readonly name = 'CannotBeDone';
}

/** The environment of commands, and the streams they write to. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The answers. */
  readonly out: Output;
  /** Progress and errors. */
  readonly err: Output;
}

const PROGRAM = 'tessera-ctl';

/**
 * Declares commands in a uniform way: each has `--json`, and `--help` with examples, and ends with one answer, or with one
 * line on standard error and an exit code (`ExitCode`).
 */
export class CommandLine implements Surroundings {
  readonly env: Surroundings['env'];
  readonly out: Output;
  readonly err: Output;
  #exitCode: ExitCode = ExitCode.Done;

  constructor({ env, out, err }: Surroundings) {
    this.env = env;
    this.out = out;
    this.err = err;
  }

  /** A command that does something; give it arguments, options and `.action(line.answering(…))`. */
  command(name: string, { summary, description = summary, examples }: Help) {
    const lines = Object.entries(examples).map(([line, what]) => `  ${what}\n    ${PROGRAM} ${line}`);
    return this.#new(name, summary)
      .description(description)
      .option('--json', 'print one JSON value, for programs')
      .addHelpText('after', `\nExamples:\n${lines.join('\n')}`);
  }

  /**
   * Commands about one kind of thing, under its name.
   * @param unnamed the default command
   */
  group(
    name: string,
    summary: string,
    commands: readonly CommandUnknownOpts[],
    unnamed?: CommandUnknownOpts,
  ): CommandUnknownOpts {
    const group = this.#new(name, summary).description(summary);
    for (const command of commands) group.addCommand(command, { isDefault: command === unnamed });
    return group;
  }

  /** Prints what `work` answers, as the caller wants it. */
  answering<Args extends readonly unknown[]>(
    work: (...args: Args) => Promise<Answer>,
  ): (...args: Args) => Promise<void> {
    return async (...args) => {
      // Commander calls it with the command's arguments, its options, and the command.
      const command = args.at(-1) as Command<unknown[], OptionValues>;
      try {
        const { data, text, foundWrong = false } = await work(...args);
        const printed = command.opts().json === true ? JSON.stringify(data, undefined, 2) : text;
        this.out.write(`${printed}\n`);
        if (foundWrong) this.#exitCode = ExitCode.FoundWrong;
      } catch (error) {
        if (!(error instanceof WrongUsage)) throw error;
        command.error(`error: ${error.message}`);
      }
    };
  }

  /**
   * Runs the command that the arguments name, of those in `commands`.
   * @returns the program's exit code
   */
  async run(args: readonly string[], summary: string, commands: readonly CommandUnknownOpts[]) {
    const root = this.group(PROGRAM, summary, commands);
    root.addHelpText('after', `\n${EXIT_CODES}\n${PROGRAM} <command> --help shows examples.`);
    try {
      await root.parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' });
      return this.#exitCode;
    } catch (error) {
      if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Done : ExitCode.WrongUsage;
      this.err.write(`${explain(error)}\n`);
      return ExitCode.NotDone;
    }
  }

  #new(name: string, summary: string) {
    return new Command(name)
      .summary(summary)
      .exitOverride()
      .showHelpAfterError('(--help shows how it is used.)')
      .configureOutput({
        writeOut: (text) => this.out.write(text),
        writeErr: (text) => this.err.write(text),
        outputError: (text, write) => write(withoutSecrets(text)),
      });
  }
}

const EXIT_CODES = `Exit codes:
  ${ExitCode.Done}  done
  ${ExitCode.NotDone}  not done; standard error says why, and what to do
  ${ExitCode.WrongUsage}  the command line is not understood
  ${ExitCode.FoundWrong}  done, and a problem was found`;

/** An error message may repeat the URL of a store. */
function withoutSecrets(text: string): string {
  return text.replace(/:\/\/[^\s/]*@/g, '://…@');
}

/** One line for what an operator can fix, else with a stack trace. */
function explain(error: unknown): string {
  if (error instanceof CannotBeDone || error instanceof InvalidConfig) return error.message;
  if (error instanceof UnknownEvent) return `${error.message} Use the release that wrote it.`;
  return (error as Error).stack ?? String(error);
}
