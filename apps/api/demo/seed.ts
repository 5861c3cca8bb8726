import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type CommandAnswer, type CommandGateway, CommandIdReused, StreamContended } from '#application';
import { Refusal, unreachable } from '#domain/kernel';
import { type EventReader, EventStoreUnavailable, START } from '#event-store';
import { installationsProjection } from '#projections/installations';
import { type ViewReader, ViewStoreUnavailable } from '#view-store';
import type { DemoCommand, DemoWait, Thread } from './steps.ts';
import { type DemoWorld, demoWorld } from './world.ts';

export interface DemoSeeding {
  readonly gateway: Pick<CommandGateway, 'send'>;
  readonly events: EventReader;
  readonly views: ViewReader;
  readonly log: Pick<Logger, 'debug' | 'warn'>;
  /** Ends it early; the next start goes on from there. */
  readonly signal: AbortSignal;
  /** How long to wait before asking again what could not be answered; 500 ms by default. */
  readonly pauseMs?: number;
}

/** `made`: by this run, or the rest of it. `there-already`, `not-empty`: nothing was done. */
export type DemoOutcome =
  | { readonly kind: 'made'; readonly commands: number; readonly milliseconds: number }
  | { readonly kind: 'there-already' }
  | { readonly kind: 'not-empty' };

/** The outcome in a line for whoever started the service. */
export function demoNews(outcome: DemoOutcome): string {
  switch (outcome.kind) {
    case 'made':
      return `The demo world is made: ${outcome.commands} commands in ${(outcome.milliseconds / 1000).toFixed(1)} s.`;
    case 'there-already':
      return 'The demo world is there, as it was left.';
    case 'not-empty':
      return 'The demo world is not made: there is other data, which is left alone.';
    default:
      return unreachable(outcome);
  }
}

/** What background work and views may take at most, on a slow machine. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Fills an empty store with the demo world, or goes on where an earlier run was interrupted: what was taken already
 * is answered as it was then. A store with anything else in it is left alone.
 * @throws Error the service stops, fails, or something that must follow does not in time
 */
export async function seedDemoWorld(
  seeding: DemoSeeding,
  world: DemoWorld = demoWorld(),
): Promise<DemoOutcome> {
  const { events, log, signal } = seeding;
  if (await exists(events, world.lastStream)) return { kind: 'there-already' };
  const empty = (await events.head()) === START;
  if (!empty && !(await exists(events, world.firstStream))) return { kind: 'not-empty' };

  const began = performance.now();
  const run = new SeedingRun(seeding);
  for (const { title, threads } of world.chapters) {
    signal.throwIfAborted();
    await Promise.all(threads.map((thread) => run.follow(thread)));
    log.debug({ chapter: title, commands: run.commands }, 'A chapter of the demo world was created');
  }
  return { kind: 'made', commands: run.commands, milliseconds: Math.round(performance.now() - began) };
}

async function exists(events: EventReader, stream: string): Promise<boolean> {
  return (await events.readStream(stream, { limit: 1 })).length > 0;
}

class SeedingRun {
  commands = 0;
  /** One-time tokens by the command that was answered with them. */
  private readonly tokens = new Map<string, string>();

  constructor(private readonly seeding: DemoSeeding) {}

  /** Takes the steps in order. Whoever uses the service meanwhile may have done otherwise: then the rest is theirs. */
  async follow(thread: Thread): Promise<void> {
    for (const step of thread) {
      try {
        await (step.kind === 'command' ? this.send(step) : this.wait(step));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        this.seeding.log.warn(
          { step, err: error },
          'A step of the demo world was refused; the rest of its story is skipped',
        );
        return;
      }
    }
  }

  private async send(command: DemoCommand): Promise<void> {
    const { id, tokenFrom } = command;
    this.seeding.signal.throwIfAborted();
    const token = tokenFrom === undefined ? undefined : this.tokens.get(tokenFrom);
    try {
      const answer = await this.insist(command, token);
      if (answer.token !== undefined) this.tokens.set(id, answer.token);
    } catch (error) {
      // The step was taken before, with the token of another secret.
      if (!(error instanceof CommandIdReused)) throw error;
    }
    this.commands += 1;
  }

  /** Asks again, with the same id, while stores and views cannot answer: they may just be starting or being built. */
  private async insist(
    { id, type, data, actor }: DemoCommand,
    token: string | undefined,
  ): Promise<CommandAnswer> {
    const { gateway, signal, pauseMs = PAUSE_MS } = this.seeding;
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        // A selection is looked up in the catalogue view, which must know what was registered just now.
        if (type === 'ApproveShare') await this.catalogueKnown();
        return await gateway.send({
          id,
          type,
          data: { ...data, ...(token !== undefined && { token }) },
          actor,
        });
      } catch (error) {
        if (!mayPass(error) || performance.now() > giveUpAt) throw error;
        await pause(pauseMs, undefined, { signal });
      }
    }
  }

  private async catalogueKnown(): Promise<void> {
    const { events, views } = this.seeding;
    const known = await views.waitFor(installationsProjection.name, await events.head(), PATIENCE_MS);
    if (!known) throw new ViewStoreUnavailable('The catalogue view is behind the log.');
  }

  private async wait({ stream, event }: DemoWait): Promise<void> {
    const { events, signal } = this.seeding;
    const after = await events.head();
    const past = await events.readStream(stream);
    if (past.some(({ type }) => type === event)) return;
    const ended = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    for await (const batch of events.subscribe({ after, batchSize: 500, signal: ended })) {
      if (batch.events.some((recorded) => recorded.stream === stream && recorded.type === event)) return;
    }
    signal.throwIfAborted();
    throw new Error(`${event} was not recorded in ${stream} in time.`);
  }
}

/** Whether asking again later may help. */
function mayPass(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ViewStoreUnavailable ||
    error instanceof StreamContended
  );
}
