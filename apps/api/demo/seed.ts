import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import {
  type CommandAnswer,
  type CommandGateway,
  CommandIdReused,
  StreamContended,
  systemClock,
} from '#application';
import { deserialise } from '#contracts';
import { type Instant, Refusal, unreachable } from '#domain/kernel';
import { type EventReader, EventStoreUnavailable, START } from '#event-store';
import { installationsProjection } from '#projections/installations';
import { type ViewReader, ViewStoreUnavailable } from '#view-store';
import type { CatalogueReceiver } from '../imports/receiver.ts';
import { openCsv } from '../imports/records.ts';
import { spool } from '../imports/spool.ts';
import { Calendar } from './calendar.ts';
import type { DemoCommand, DemoImport, DemoStep, DemoWait, Thread } from './steps.ts';
import { demoWorld, FIRST_STREAM, LAST_STREAM } from './world.ts';

export interface DemoSeeding {
  readonly gateway: Pick<CommandGateway, 'send'>;
  readonly imports: Pick<CatalogueReceiver, 'receive'>;
  readonly events: EventReader;
  readonly views: ViewReader;
  readonly log: Pick<Logger, 'debug' | 'warn'>;
  /** Stops the seeding early; the next start continues from there. */
  readonly signal: AbortSignal;
  /** Set back to the start of the demo data, and moved forward with it; without one, everything is dated now. */
  readonly clock?: SeedingClock | undefined;
  /** How long to wait before retrying a command that could not be answered; 500 ms by default. */
  readonly pauseMs?: number;
}

export interface SeedingClock {
  readonly isAhead: boolean;
  now(): Instant;
  setBack(to: Instant): Promise<void>;
  moveTo(at: Instant): Promise<void>;
  catchUp(): Promise<void>;
}

/** `created`: this run sent all of it, or what was missing. `exists`, `not-empty`: nothing was done. */
export type DemoOutcome =
  | { readonly kind: 'created'; readonly commands: number; readonly milliseconds: number }
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-empty' };

/** The outcome as one line for the person who started the service. */
export function demoNews(outcome: DemoOutcome): string {
  switch (outcome.kind) {
    case 'created':
      return `The demo world was created: ${outcome.commands} commands in ${(outcome.milliseconds / 1000).toFixed(1)} s.`;
    case 'exists':
      return 'The demo world exists already; nothing was changed.';
    case 'not-empty':
      return 'The demo world was not created: the store holds other data, which is left unchanged.';
    default:
      return unreachable(outcome);
  }
}

/** The longest wait for background work and views, sized for a slow machine. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 500;

/**
 * Fills an empty store with the demo world, or continues where an earlier run was interrupted: a command that was
 * executed then is answered as it was then. A store with any other data is left unchanged.
 * @throws Error the service stops or fails, or an expected event is not recorded in time
 */
export async function seedDemoWorld(seeding: DemoSeeding): Promise<DemoOutcome> {
  const { events, log, signal } = seeding;
  // The clock was moved forward already: everything is dated by it.
  const clock = seeding.clock?.isAhead ? undefined : seeding.clock;
  if ((await firstEvent(events, LAST_STREAM)) !== undefined) {
    await clock?.catchUp();
    return { kind: 'exists' };
  }
  const first = await firstEvent(events, FIRST_STREAM);
  const empty = (await events.head()) === START;
  if (!empty && first === undefined) return { kind: 'not-empty' };

  const began = performance.now();
  const calendar = first
    ? Calendar.startingAt(first.metadata.at)
    : new Calendar((clock ?? systemClock).now());
  if (first === undefined) await clock?.setBack(calendar.beginning);
  const run = new SeedingRun(seeding);
  try {
    for (const { title, at, threads } of demoWorld(calendar)) {
      signal.throwIfAborted();
      await clock?.moveTo(at);
      await Promise.all(threads.map((thread) => run.follow(thread)));
      log.debug({ chapter: title, commands: run.commands }, 'A chapter of the demo world was created');
    }
  } finally {
    // The next start continues at the moment where this one was stopped.
    if (!signal.aborted) await clock?.catchUp();
  }
  return { kind: 'created', commands: run.commands, milliseconds: Math.round(performance.now() - began) };
}

async function firstEvent(events: EventReader, stream: string) {
  const [first] = await events.readStream(stream, { limit: 1 });
  return first && deserialise(first);
}

class SeedingRun {
  commands = 0;
  /** One-time tokens by the command that was answered with them. */
  private readonly tokens = new Map<string, string>();

  constructor(private readonly seeding: DemoSeeding) {}

  /** Executes the steps in order. One is refused where a user of the service came first: the rest is then skipped. */
  async follow(thread: Thread): Promise<void> {
    for (const step of thread) {
      try {
        await this.take(step);
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

  private take(step: DemoStep): Promise<void> {
    switch (step.kind) {
      case 'command':
        return this.send(step);
      case 'import':
        return this.import(step);
      case 'wait':
        return this.wait(step);
      default:
        return unreachable(step);
    }
  }

  private async import({ importId, actor, csv }: DemoImport): Promise<void> {
    this.seeding.signal.throwIfAborted();
    await using spooled = await spool(Readable.from([Buffer.from(csv)]), Buffer.byteLength(csv));
    const { path, sha256 } = spooled;
    await this.retried(async () => {
      const file = await openCsv(path);
      return this.seeding.imports.receive(actor, { importId, file, sha256, existing: 'keep' });
    });
    this.commands += 1;
  }

  private async send(command: DemoCommand): Promise<void> {
    const { id, tokenFrom } = command;
    this.seeding.signal.throwIfAborted();
    const token = tokenFrom === undefined ? undefined : this.tokens.get(tokenFrom);
    try {
      const answer = await this.sendWithRetries(command, token);
      if (answer.token !== undefined) this.tokens.set(id, answer.token);
    } catch (error) {
      // The command was executed before, with a token that was derived from another secret.
      if (!(error instanceof CommandIdReused)) throw error;
    }
    this.commands += 1;
  }

  private sendWithRetries(
    { id, type, data, actor }: DemoCommand,
    token: string | undefined,
  ): Promise<CommandAnswer> {
    return this.retried(async () => {
      // A selection is looked up in the catalogue view, which must first reflect what was registered just now.
      if (type === 'ApproveShare') await this.catalogueReflected();
      return this.seeding.gateway.send({
        id,
        type,
        data: { ...data, ...(token !== undefined && { token }) },
        actor,
      });
    });
  }

  /** Tries again, by the same ids, while stores and views cannot answer: they may be starting or being built. */
  private async retried<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    const { signal, pauseMs = PAUSE_MS } = this.seeding;
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!isRetryable(error) || performance.now() > giveUpAt) throw error;
        await pause(pauseMs, undefined, { signal });
      }
    }
  }

  private async catalogueReflected(): Promise<void> {
    const { events, views } = this.seeding;
    const reflected = await views.waitFor(installationsProjection.name, await events.head(), PATIENCE_MS);
    if (!reflected) throw new ViewStoreUnavailable('The catalogue view is behind the log.');
  }

  private async wait({ stream, event }: DemoWait): Promise<void> {
    const { events, signal } = this.seeding;
    const after = await events.head();
    const past = await events.readStream(stream);
    if (past.some((recorded) => deserialise(recorded).type === event)) return;
    const ended = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    for await (const batch of events.subscribe({ after, batchSize: 500, signal: ended })) {
      const added = batch.events.filter((recorded) => recorded.stream === stream);
      if (added.some((recorded) => deserialise(recorded).type === event)) return;
    }
    signal.throwIfAborted();
    throw new Error(`${event} was not recorded in ${stream} in time.`);
  }
}

/** Whether a retry may succeed. */
function isRetryable(error: unknown): boolean {
  return (
    error instanceof EventStoreUnavailable ||
    error instanceof ViewStoreUnavailable ||
    error instanceof StreamContended
  );
}
