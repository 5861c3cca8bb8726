import { derivedId } from '#application';
import type { TesseraEvent } from '#contracts';
import type { CommandData, PublicCommandType } from '#contracts/commands';
import type { Actor } from '#domain/kernel';

/** A command of the world, ready to be sent. */
export interface DemoCommand {
  readonly kind: 'command';
  /** Follows from what it does, so that sending it again repeats nothing. */
  readonly id: string;
  readonly type: PublicCommandType;
  readonly data: object;
  readonly actor: Actor;
  /** The command whose answer holds the one-time token this one needs. */
  readonly tokenFrom?: string;
}

/** The stream has come so far that the next step can be taken. */
export interface DemoWait {
  readonly kind: 'wait';
  readonly stream: string;
  readonly event: TesseraEvent['type'];
}

export type DemoStep = DemoCommand | DemoWait;

/** Steps one after the other. */
export type Thread = readonly DemoStep[];

/** Threads side by side. */
export interface Chapter {
  readonly title: string;
  readonly threads: readonly Thread[];
}

/** Every id of the world follows from this one; it is of the first moment of 2026. */
const NAMESPACE = '019b76da-a800-7000-8000-7e55e7a0d301';

/** The id of something in the world, by what it is called here. */
export function demoId(...name: readonly string[]): string {
  return derivedId(NAMESPACE, ...name);
}

/** @param about tells the command from others of its type */
export function command<Type extends PublicCommandType>(
  type: Type,
  actor: Actor,
  data: CommandData<Type>,
  ...about: readonly string[]
): DemoCommand {
  return { kind: 'command', id: demoId('command', type, ...about), type, data, actor };
}

/** The event must be in the share's stream before the thread goes on. */
export function waitForShare(shareId: string, event: TesseraEvent['type']): DemoWait {
  return { kind: 'wait', stream: `share-${shareId}`, event };
}
