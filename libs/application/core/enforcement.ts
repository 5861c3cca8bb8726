import type { Position } from '#event-store';
import type { CommandOutcome, CommandPort } from './command-port.ts';

/** A command that was taken and is about to be answered. */
export interface AnsweredCommand {
  readonly id: string;
  readonly type: string;
  /** On whose behalf. */
  readonly account: string;
}

/** Of how many installations access has ended, of those that lose it. */
export interface RevocationProgress {
  readonly phase: 'revoking';
  readonly done: number;
  readonly of: number;
}

export interface Enforced {
  /** A view that has passed it reflects the command, and what was brought about. */
  readonly position: Position | undefined;
  /** Absent when everything is in effect; processes go on with the rest. */
  readonly progress?: RevocationProgress;
}

/** Brings about what is to be in effect when certain commands are answered, beside their own events (R-V8). */
export interface Enforcement {
  /** Whether commands of this type have effects to be brought about; others are answered as they are. */
  concerns(type: string): boolean;
  /** Never fails: what cannot be brought about now is left to the processes. */
  enforce(command: AnsweredCommand, outcome: CommandOutcome, commands: CommandPort): Promise<Enforced>;
}

/** Leaves it all to the processes, for callers that do not wait for the answer. */
export const unhurried: Enforcement = {
  concerns: () => false,
  enforce: (_, { position }) => Promise.resolve({ position }),
};
