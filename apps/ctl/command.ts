/** Where a command tells what it does. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One thing that an operator can have done. */
export interface Command {
  /** How it is asked for, without the program's name. */
  readonly usage: string;
  readonly summary: string;
  /**
   * @param args what follows its name on the command line
   * @throws WrongUsage
   * @throws CannotBeDone
   */
  run(args: readonly string[], out: Output): Promise<void>;
}

/** The command line is not as it must be. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** As things are; the message says why, and what would help. */
export class CannotBeDone extends Error {
  override readonly name = 'CannotBeDone';
}
