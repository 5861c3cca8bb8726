import type { Position } from '#event-store';
import type { CommandOutcome, CommandPort } from './command-port.ts';

/** A command that was executed and is about to be answered. */
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
  /** A view that has passed it reflects the command and its enforced effects. */
  readonly position: Position | undefined;
  /** Absent when everything is in effect; processes complete the rest. */
  readonly progress?: RevocationProgress;
}

/** Completes the effects that certain commands must have before they are answered, besides their own events (R-V8). */
export interface Enforcement {
  /** Whether commands of this type have such effects. */
  concerns(type: string): boolean;
  /** Never fails: effects that cannot be completed now are left to the processes. */
  enforce(command: AnsweredCommand, outcome: CommandOutcome, commands: CommandPort): Promise<Enforced>;
}

/** Leaves all effects to the processes, for callers that do not wait for the answer. */
export const deferredEnforcement: Enforcement = {
  concerns: () => false,
  enforce: (_, { position }) => Promise.resolve({ position }),
};
