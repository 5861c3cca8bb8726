/** How the program ends. */
export const ExitCode = {
  Done: 0,
  /** Standard error says why. */
  NotDone: 1,
  /** The command line is not understood. */
  WrongUsage: 2,
  /** It was done, and found a problem. */
  FoundWrong: 3,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
