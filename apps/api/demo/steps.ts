import { derivedId } from '#application';
import type { TesseraEvent } from '#contracts';
import type { CommandData, PublicCommandType } from '#contracts/commands';
import type { Actor, Instant } from '#domain/kernel';

/** A command of the demo world, ready to be sent. */
export interface DemoCommand {
  readonly kind: 'command';
  /** Derived from what the command does, so that sending it again has no second effect. */
  readonly id: string;
  readonly type: PublicCommandType;
  readonly data: object;
  readonly actor: Actor;
  /** The command whose answer holds the one-time token this one needs. */
  readonly tokenFrom?: string;
}

/** Waits until the event is in the stream. */
export interface DemoWait {
  readonly kind: 'wait';
  readonly stream: string;
  readonly event: TesseraEvent['type'];
}

/** Imports a file, as if it had been uploaded. */
export interface DemoImport {
  readonly kind: 'import';
  readonly importId: string;
  readonly actor: Actor;
  readonly csv: string;
}

export type DemoStep = DemoCommand | DemoWait | DemoImport;

/** Steps one after the other. */
export type Thread = readonly DemoStep[];

/** What happens of a story at one moment. It begins with a command, which is refused where what it needs is lacking. */
export interface Scene {
  readonly at: Instant;
  readonly thread: Thread;
}

/** Scenes one after the other. */
export type Story = readonly Scene[];

export function scene(at: Instant, ...thread: Thread): Scene {
  return { at, thread };
}

/** What happens at one moment: threads that run concurrently. */
export interface Chapter {
  readonly title: string;
  readonly at: Instant;
  readonly threads: readonly Thread[];
}

/** All stories side by side, moment by moment. */
export function chaptersOf(stories: readonly Story[]): readonly Chapter[] {
  const moments = new Map<Instant, Thread[]>();
  for (const story of stories) {
    for (const [at, scenes] of Map.groupBy(story, (one) => one.at)) {
      const threads = moments.get(at) ?? [];
      moments.set(at, threads);
      threads.push(scenes.flatMap(({ thread }) => thread));
    }
  }
  return [...moments]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([at, threads]) => ({ title: `the stories at ${at}`, at, threads }));
}

/** Every id of the demo world is derived from this one; its timestamp is the first moment of 2026. */
const NAMESPACE = '019b76da-a800-7000-8000-7e55e7a0d301';

/** The id of something in the demo world, derived from its name in this code. */
export function demoId(...name: readonly string[]): string {
  return derivedId(NAMESPACE, ...name);
}

/** @param about distinguishes the command from others of its type */
export function command<Type extends PublicCommandType>(
  type: Type,
  actor: Actor,
  data: CommandData<Type>,
  ...about: readonly string[]
): DemoCommand {
  return { kind: 'command', id: demoId('command', type, ...about), type, data, actor };
}

/** The event must be in the share's stream before the thread continues. */
export function waitForShare(shareId: string, event: TesseraEvent['type']): DemoWait {
  return { kind: 'wait', stream: `share-${shareId}`, event };
}
