import { hash as digest } from 'node:crypto';
import { type CommandHadNoEffect, serialise, type TesseraEvent } from '#contracts';
import {
  type Command,
  type Decider,
  Refusal,
  type RefusalContext,
  type Role,
  requireRole,
} from '#domain/kernel';
import { type NewEvent, type Revision, WrongExpectedRevision } from '#event-store';
import { type SpanOptions, traceparent, within } from '#tracing';
import { type Aggregates, type LoadedStream, mightContain, streamName } from './core/aggregates.ts';
import type { CommandOutcome } from './core/command-port.ts';
import { derivedId } from './core/ids.ts';
import { type CommandLog, RehearsedLog } from './core/rehearsal.ts';
import { CommandIdReused, StaleRevision, StreamContended, UnknownCommand } from './errors.ts';

/** A command with the metadata that the bus needs. */
export type Envelope<C extends Command = Command> = C & {
  /** Of type and data as requested: distinguishes a repeated command from another one with the same id. */
  readonly hash: string;
  /** Hashes in former ways, as stored in older events. */
  readonly formerHashes?: () => readonly string[];
  /** Whether its caller may repeat it by its id: its outcome is stored then, also when that is nothing. */
  readonly repeatable?: boolean;
  /** Refused with `StaleRevision` when the stream has another revision by now. */
  readonly expectedRevision?: Revision;
  /** Constant along everything one request led to; the command's own id by default. */
  readonly correlationId?: string;
  /** The event this follows from; the command itself by default. */
  readonly causationId?: string;
  /** The trace that it belongs to, where this process records none of its own. */
  readonly traceparent?: string;
};

/** How the commands of one kind of stream are executed. */
export type StreamCommands<State, C extends Command, E extends TesseraEvent, Facts> = {
  readonly decider: Decider<State, C, E, Facts>;
  /** The roles that may send each command; checked only here. */
  readonly roles: Readonly<Record<C['type'], readonly Role[]>>;
  /** The id of the stream that takes the command. */
  readonly streamId: (command: C) => string;
  /** Commands that start a stream: it is not read first, because the append fails where it exists. */
  readonly begins?: readonly C['type'][];
  /**
   * The context of every refusal for the caller, whatever refuses (R-S10); `undefined` where it may not know of the state.
   * Left out where there is none.
   */
  readonly refusalContext?: (
    state: State,
    acting: Pick<Command, 'actor' | 'now'>,
  ) => RefusalContext | undefined;
  /** A further name by which commands wait for each other within this process, besides their stream. */
  readonly turn?: (command: C) => Promise<string | undefined>;
  /**
   * Sends the commands to other streams that must take effect before the answer. It is called
   * once the command is recorded: a process completes it where this is interrupted.
   */
  readonly complete?: (
    envelope: Envelope<C>,
    outcome: CommandOutcome,
    execute: (following: Envelope) => Promise<CommandOutcome>,
  ) => Promise<CommandOutcome>;
} & (undefined extends Facts
  ? { readonly facts?: LoadFacts<State, C, Facts> }
  : { readonly facts: LoadFacts<State, C, Facts> });

/** Reads the facts of other streams for a decision. It never writes: the command may still be refused. */
type LoadFacts<State, C extends Command, Facts> = (command: C, state: State) => Facts | Promise<Facts>;

// biome-ignore lint/suspicious/noExplicitAny: one table for the commands of every kind of stream
export type AnyStreamCommands = StreamCommands<any, any, any, any>;

/** How each command is executed, by its type. */
export type CommandTable = ReadonlyMap<string, AnyStreamCommands>;

/** Where commands read streams and record events. */
export interface CommandSources {
  readonly log: CommandLog;
  /** Of that log. */
  readonly aggregates: Aggregates;
}

/** The outcome of a dry run. */
export interface Rehearsed {
  readonly outcome: CommandOutcome;
  /** The log with the events of the dry run. */
  readonly log: RehearsedLog;
}

const NO_EFFECT: CommandHadNoEffect = { type: 'CommandHadNoEffect', data: {} };

/** How often a command is decided at most, while other processes write to its stream. */
const ATTEMPTS = 10;

/** How long a command may wait for earlier ones on its stream, which take long while the store is slow. */
const PATIENCE_MS = 10_000;

/** Load, decide, append. */
export class CommandExecutor {
  /** The last command under way of each stream that has any. */
  private readonly turns = new Map<string, Promise<unknown>>();

  private readonly table: CommandTable;

  /** @param tableOn how each command is executed on a log */
  constructor(
    private readonly store: CommandLog,
    private readonly aggregates: Aggregates,
    private readonly tableOn: (sources: CommandSources) => CommandTable,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.table = tableOn({ log: store, aggregates });
  }

  /**
   * Executes the command exactly once, however often it comes.
   * @throws Refusal the rules refuse it; nothing was recorded
   * @throws UnknownCommand, StaleRevision, CommandIdReused, StreamContended
   */
  async execute(envelope: Envelope): Promise<CommandOutcome> {
    const commands = this.table.get(envelope.type);
    if (commands === undefined) throw new UnknownCommand(envelope.type);
    const role = await this.requireRole(commands, envelope);
    const turn = await commands.turn?.(envelope);
    const run = () => this.executeAs(role, commands, envelope);
    return turn === undefined ? run() : this.inTurn(turn, run);
  }

  /**
   * What executing the command now would do, with everything that happens before its answer: by the same code,
   * without recording anything.
   * @throws the refusals of `execute`
   */
  async rehearse(envelope: Envelope): Promise<Rehearsed> {
    const log = new RehearsedLog(this.store);
    const rehearsal = new CommandExecutor(log, this.aggregates.fork(log), this.tableOn, this.patienceMs);
    return { outcome: await rehearsal.execute(envelope), log };
  }

  private async executeAs(
    role: Role,
    commands: AnyStreamCommands,
    envelope: Envelope,
  ): Promise<CommandOutcome> {
    const id = commands.streamId(envelope);
    const stream = streamName(commands.decider, id);
    const outcome = await this.inTurn(stream, () =>
      this.decideAndAppend(commands, envelope, role, id, stream),
    );
    if (commands.complete === undefined) return outcome;
    return commands.complete(envelope, outcome, (following) => this.execute(following));
  }

  /** @throws Refusal `role-not-allowed`, with the context of what the caller may know and do in its own role */
  private async requireRole(commands: AnyStreamCommands, envelope: Envelope): Promise<Role> {
    try {
      return requireRole(envelope.actor, commands.roles[envelope.type] as readonly Role[]);
    } catch (error) {
      if (!(error instanceof Refusal) || commands.refusalContext === undefined) throw error;
      const state = await this.aggregates.state(commands.decider, commands.streamId(envelope));
      throw error.inContext(commands.refusalContext(state, envelope));
    }
  }

  private async decideAndAppend<State, C extends Command, E extends TesseraEvent, Facts>(
    commands: StreamCommands<State, C, E, Facts>,
    envelope: Envelope<C>,
    role: Role,
    id: string,
    stream: string,
  ): Promise<CommandOutcome> {
    const { decider } = commands;
    let loaded = await within(spanOn('load', decider.category), () => this.begin(commands, envelope, id));
    const first = eventId(envelope, stream, 0);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const stored = mightContain(loaded, first)
        ? await this.aggregates.findStored(stream, envelope.id, first)
        : undefined;
      if (stored !== undefined) {
        const { hash, revision, position } = stored;
        if (hash !== envelope.hash && !envelope.formerHashes?.().includes(hash))
          throw new CommandIdReused(envelope.id);
        return { id, revision, position, replayed: true };
      }

      const decision = await this.decide(commands, envelope, loaded);
      if (decision instanceof Error || decision.length === 0) {
        const latest = await this.aggregates.refresh(decider, id);
        if (latest.end !== loaded.end) {
          loaded = latest;
          continue;
        }
        if (decision instanceof Error) throw decision;
        if (!envelope.repeatable) return { id, ...madeBy(loaded), replayed: false };
      }
      const changes = decision.length > 0;
      const events = changes
        ? decision.map((event, index) => ({
            id: index === 0 ? first : eventId(envelope, stream, index),
            event,
          }))
        : [{ id: noEffectId(envelope, stream), event: NO_EFFECT }];
      try {
        const recorded = toNewEvents(events, envelope, role);
        const { end } = loaded;
        const result = await within(spanOn('append', decider.category, events.length), () =>
          this.store.append(stream, recorded, end),
        );
        if (!result.duplicate) {
          this.aggregates.appended(decider, stream, loaded, events, result);
          return { id, ...madeBy(changes ? result : loaded), replayed: false };
        }
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
      // Another process wrote meanwhile: something else, or this very command.
      loaded = await this.aggregates.refresh(decider, id);
    }
    throw new StreamContended(stream);
  }

  /** The stream for the first decision. Where the log is ahead of it, the append conflicts, and it is decided again. */
  private begin<State, C extends Command, E extends TesseraEvent, Facts>(
    { decider, begins = [] }: StreamCommands<State, C, E, Facts>,
    { type, repeatable = false }: Envelope<C>,
    id: string,
  ): LoadedStream<State> | Promise<LoadedStream<State>> {
    // A shared store accepts a repeated append silently, so the stream is read where a caller may repeat the command.
    if (repeatable && !this.store.exclusive) return this.aggregates.refresh(decider, id);
    return begins.includes(type) ? this.aggregates.cached(decider, id) : this.aggregates.load(decider, id);
  }

  /** The events, or why there are none; the caller decides again if the state was behind the log. */
  private async decide<State, C extends Command, E extends TesseraEvent, Facts>(
    commands: StreamCommands<State, C, E, Facts>,
    envelope: Envelope<C>,
    loaded: LoadedStream<State>,
  ): Promise<readonly E[] | Refusal | StaleRevision> {
    const { expectedRevision: demanded } = envelope;
    const stale = demanded !== undefined && demanded !== loaded.revision;
    try {
      const facts = await commands.facts?.(envelope, loaded.state);
      const events = commands.decider.decide(envelope, loaded.state, facts as Facts);
      return stale ? new StaleRevision(loaded.revision) : events;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A caller that may not know of the thing does not learn its revision either.
      if (stale && error.kind !== 'not-found') return new StaleRevision(loaded.revision);
      return error.inContext(commands.refusalContext?.(loaded.state, envelope));
    }
  }

  /**
   * One command at a time on each stream: they would only refuse each other's revisions.
   * @throws StreamContended it waited too long
   */
  private inTurn<Result>(stream: string, run: () => Promise<Result>): Promise<Result> {
    const before = this.turns.get(stream);
    const turn = before === undefined ? run() : this.after(before, stream, run);
    this.turns.set(stream, turn);
    const leave = () => {
      if (this.turns.get(stream) === turn) this.turns.delete(stream);
    };
    turn.then(leave, leave);
    return turn;
  }

  private after<Result>(
    before: Promise<unknown>,
    stream: string,
    run: () => Promise<Result>,
  ): Promise<Result> {
    const until = performance.now() + this.patienceMs;
    const runInTime = () => {
      if (performance.now() > until) throw new StreamContended(stream);
      return run();
    };
    return before.then(runInTime, runInTime);
  }
}

/** Spans name the kind of a stream only, never its id. */
function spanOn(name: string, category: string, events?: number): SpanOptions {
  return {
    name,
    attributes: { 'tessera.stream.category': category, ...(events && { 'tessera.event.count': events }) },
  };
}

function madeBy({ revision, position }: Pick<CommandOutcome, 'revision' | 'position'>) {
  return { revision, position };
}

/**
 * The id of a command's event. Derived from the command's id, so that appending again is the same append, and from
 * the account: another one's command of the same id is another command. Its middle is derived from the contents: under
 * the id of another command, a store that compares ids must not take it for that one. Its end, by which the command is
 * recognised, is not.
 */
function eventId({ id, actor, hash }: Envelope, stream: string, index: number): string {
  return withContent(derivedId(id, actor.account, stream, index), hash);
}

/**
 * Recognised like its first event, and yet another id: a store that compares ids must not take the one for the other
 * where two processes decide the same command on different states.
 */
function noEffectId({ id, actor, hash }: Envelope, stream: string): string {
  const content = digest('sha256', `${hash}/no-effect`, 'base64url');
  return withContent(derivedId(id, actor.account, stream, 0), content);
}

function withContent(derived: string, content: string): string {
  const digits = Buffer.from(content.slice(0, 4), 'base64url').toString('hex').padEnd(6, '0');
  return `${derived.slice(0, 15)}${digits.slice(0, 3)}${derived.slice(18, 20)}${digits.slice(3)}${derived.slice(23)}`;
}

function toNewEvents(
  events: readonly { readonly id: string; readonly event: TesseraEvent }[],
  envelope: Envelope,
  role: Role,
): NewEvent[] {
  const { account, user, service } = envelope.actor;
  const actor = { account, user, role, ...(service !== undefined && { service }) };
  // Of this attempt: a repeated command has recorded its own.
  const place = traceparent() ?? envelope.traceparent;
  return events.map(({ id, event }) => {
    const { type, data, schemaVersion } = serialise(event);
    return {
      id,
      type,
      data,
      metadata: {
        at: envelope.now,
        actor,
        commandId: envelope.id,
        commandHash: envelope.hash,
        $correlationId: envelope.correlationId ?? envelope.id,
        $causationId: envelope.causationId ?? envelope.id,
        ...(place !== undefined && { traceparent: place }),
        schemaVersion,
      },
    };
  });
}
