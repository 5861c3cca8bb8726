/** The output of a command. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A command of the program. */
export interface Command {
  /** Its usage, without the program's name. */
  readonly usage: string;
  readonly summary: string;
  /**
   * @param args what follows its name on the command line
   * @throws WrongUsage
   * @throws CannotBeDone
   */
  run(args: readonly string[], out: Output): Promise<void>;
}

/** The command line is invalid. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** The command cannot be executed now; the message says why, and what to do. */
export class CannotBeDone extends Error {
  override readonly name = 'CannotBeDone';
}
