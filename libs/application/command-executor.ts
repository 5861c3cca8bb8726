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

/** A command on its way, with what the bus needs beside it. */
export type Envelope<C extends Command = Command> = C & {
  /** Of type and data as they were asked: tells a repeated command from another under the same id. */
  readonly hash: string;
  /** As it was made before, and is stored in older events. */
  readonly formerHashes?: () => readonly string[];
  /** Whether it may come again from a caller who remembers its id: what it came to is stored, also when that is nothing. */
  readonly repeatable?: boolean;
  /** Refuses with `StaleRevision` when the stream has moved on. */
  readonly expectedRevision?: Revision;
  /** Constant along everything one request led to; the command's own id by default. */
  readonly correlationId?: string;
  /** The event this follows from; the command itself by default. */
  readonly causationId?: string;
  /** The place in a trace that it follows from, where this process records none of its own. */
  readonly traceparent?: string;
};

/** What differs in executing the commands of one kind of stream. */
export type StreamCommands<State, C extends Command, E extends TesseraEvent, Facts> = {
  readonly decider: Decider<State, C, E, Facts>;
  /** Who may command; the one place where roles are asked for. */
  readonly roles: Readonly<Record<C['type'], readonly Role[]>>;
  /** The id of the stream that takes the command. */
  readonly streamId: (command: C) => string;
  /** Commands that begin a stream: there is mostly nothing to read, and the append tells when there is. */
  readonly begins?: readonly C['type'][];
  /**
   * What every refusal tells the caller of the state, whatever refuses (R-S10); `undefined` where it may not know of it.
   * Left out where there is nothing to tell.
   */
  readonly refusalContext?: (
    state: State,
    acting: Pick<Command, 'actor' | 'now'>,
  ) => RefusalContext | undefined;
  /** What the command takes turns at, within this process, beside its own stream. */
  readonly turn?: (command: C) => Promise<string | undefined>;
  /**
   * Brings about on other streams what the command is answered with, by commands that follow from it. It is called
   * once the command is recorded: a process has to complete it where this is cut short.
   */
  readonly complete?: (
    envelope: Envelope<C>,
    outcome: CommandOutcome,
    execute: (following: Envelope) => Promise<CommandOutcome>,
  ) => Promise<CommandOutcome>;
} & (undefined extends Facts
  ? { readonly facts?: GatherFacts<State, C, Facts> }
  : { readonly facts: GatherFacts<State, C, Facts> });

/** Reads what the decision needs to know of other streams. It never writes: the command may yet be refused. */
type GatherFacts<State, C extends Command, Facts> = (command: C, state: State) => Facts | Promise<Facts>;

// biome-ignore lint/suspicious/noExplicitAny: one table for the commands of every kind of stream
export type AnyStreamCommands = StreamCommands<any, any, any, any>;

/** How each command is executed, by its type. */
export type CommandTable = ReadonlyMap<string, AnyStreamCommands>;

/** Where the streams that commands are about are read, and where their events are recorded. */
export interface CommandSources {
  readonly log: CommandLog;
  /** Of that log. */
  readonly aggregates: Aggregates;
}

/** What a command would come to. */
export interface Rehearsed {
  readonly outcome: CommandOutcome;
  /** The log as it would then be. */
  readonly log: RehearsedLog;
}

const NO_EFFECT: CommandHadNoEffect = { type: 'CommandHadNoEffect', data: {} };

/** How often a decision is taken again because another process wrote in between. */
const ATTEMPTS = 10;

/** How long a command may wait for those before it at its stream: while the store is slow they take their time. */
const PATIENCE_MS = 10_000;

/** Load, decide, append. */
export class CommandExecutor {
  /** The last command of each stream that has any under way. */
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
   * What executing the command now would come to, with everything that is done before it is answered: it goes the same
   * way, and records nothing.
   * @throws whatever executing it would be refused with
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

  /** @throws Refusal `role-not-allowed`, with what the caller may know of the thing and do with it in its own role */
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

  /** The stream as the command is first judged by it. */
  private begin<State, C extends Command, E extends TesseraEvent, Facts>(
    { decider, begins = [] }: StreamCommands<State, C, E, Facts>,
    { type, repeatable = false }: Envelope<C>,
    id: string,
  ): LoadedStream<State> | Promise<LoadedStream<State>> {
    // A store shared with other processes takes a repeated append without telling: whoever may ask again has to be told.
    const tellsRepetition = this.store.exclusive || !repeatable;
    if (begins.includes(type) && tellsRepetition) return this.aggregates.seen(decider, id);
    // Where other processes write too, one of them may have executed the command already.
    return this.store.exclusive ? this.aggregates.load(decider, id) : this.aggregates.refresh(decider, id);
  }

  /** The events, or why there are none; judged again by the caller if the state judged by is behind the log. */
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
      // Whoever may not know of the thing learns nothing of its revision either.
      if (stale && error.kind !== 'not-found') return new StaleRevision(loaded.revision);
      return error.inContext(commands.refusalContext?.(loaded.state, envelope));
    }
  }

  /**
   * One command at a time on each stream: they would only refuse each other's revisions.
   * @throws StreamContended its turn did not come in time
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

/** Streams are named by their kind: their ids are nobody's business. */
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
 * The id of a command's event. It follows from the command's, so that appending again is the same append, and from
 * the account: another one's command of the same id is another command. Its middle follows from what was asked: under
 * the id of another command a store that goes by ids must not take it for that one. Its end, by which the command is
 * known, does not.
 */
function eventId({ id, actor, hash }: Envelope, stream: string, index: number): string {
  return withContent(derivedId(id, actor.account, stream, index), hash);
}

/**
 * Known as its first event would be, and yet another id: a store that goes by ids must not take the one for the other
 * where two processes judge the same command by different states.
 */
function noEffectId({ id, actor, hash }: Envelope, stream: string): string {
  const content = digest('sha256', `${hash}/no-effect`, 'base64url');
  return withContent(derivedId(id, actor.account, stream, 0), content);
}

function withContent(derived: string, content: string): string {
  const asked = Buffer.from(content.slice(0, 4), 'base64url').toString('hex').padEnd(6, '0');
  return `${derived.slice(0, 15)}${asked.slice(0, 3)}${derived.slice(18, 20)}${asked.slice(3)}${derived.slice(23)}`;
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
