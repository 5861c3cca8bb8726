import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import { publicCommand, type ValidationIssue } from '#contracts/commands';
import { account } from '#domain/account';
import { type Actor, type Command, forbidden, impossible, Refusal } from '#domain/kernel';
import type { Revision } from '#event-store';
import { type Span, type SpanOptions, traceparent, within } from '#tracing';
import type { Envelope } from './command-executor.ts';
import { ExecuteCommand, RehearseCommand } from './commands/index.ts';
import { ConnectionTokens } from './connection-tokens.ts';
import { Aggregates } from './core/aggregates.ts';
import type { Clock } from './core/clock.ts';
import { CommandHashes } from './core/command-hashes.ts';
import type { CausedCommand, CommandOutcome } from './core/command-port.ts';
import type { Enforcement, RevocationProgress } from './core/enforcement.ts';
import type { RehearsedLog } from './core/rehearsal.ts';
import { WebhookSecrets } from './core/webhook-secrets.ts';
import { UnknownCommand } from './errors.ts';
import {
  CLOCK,
  COMMAND_OBSERVER,
  type CommandEnd,
  type CommandObserver,
  DATA_SUBJECTS,
  type DataSubjects,
  ENFORCEMENT,
} from './ports.ts';
import { type Completing, type Internal, toInternal } from './public-commands.ts';

const KNOWN_ACCOUNTS = 10_000;

/** A command in its public shape, as a person or an internal service sends it. */
export interface CommandRequest {
  /** A UUID; repeated with it, the command is answered as the first time. */
  readonly id: string;
  /** Whether the caller chose the id, and so may repeat the command with it. */
  readonly repeatable?: boolean;
  readonly type: string;
  readonly data: unknown;
  readonly actor: Actor;
  readonly expectedRevision?: Revision;
  /** The trace context of the caller. */
  readonly traceparent?: string;
}

/** The outcome of a command request; its id is that of what it created, or else of what it was about. */
export interface CommandAnswer extends CommandOutcome {
  /** Of a new or re-issued connection; shown this once (R-C1). */
  readonly token?: string;
  /** Of a new webhook, or of one that is given another; shown this once. */
  readonly secret?: string;
  /** Of a test of a webhook. */
  readonly deliveryId?: string;
  /** Of a revocation that is not in effect yet (R-V8). */
  readonly progress?: RevocationProgress;
}

/** The outcome of a dry run of a command request. */
export interface RehearsedRequest {
  /** Without a token or a secret, which only a command issues that takes effect (R-C1). */
  readonly answer: CommandAnswer;
  /** The log with the events of the dry run. */
  readonly log: RehearsedLog;
}

/** A request as it is dispatched, and the parts of its answer besides the outcome. */
interface Prepared {
  readonly envelope: Envelope<Command>;
  readonly created: string | undefined;
  readonly shown: Omit<Internal, 'type' | 'data'>;
}

/** The data of a command does not have its declared shape. */
export class InvalidCommand extends Error {
  override readonly name = 'InvalidCommand';
  constructor(
    readonly type: string,
    readonly issues: readonly ValidationIssue[],
  ) {
    super('The data of the command is not valid; see errors.');
  }
}

/** The gateway, for those that only send commands. */
export type CommandSender = Pick<CommandGateway, 'send' | 'sendCaused'>;

/** Every command from outside comes through here: its shape is checked, it is completed and dispatched. */
@Injectable()
export class CommandGateway implements Completing {
  private readonly registered = new LRUCache<string, true>({ max: KNOWN_ACCOUNTS });

  constructor(
    private readonly bus: CommandBus,
    readonly aggregates: Aggregates,
    readonly tokens: ConnectionTokens,
    readonly secrets: WebhookSecrets,
    private readonly hashes: CommandHashes,
    @Inject(DATA_SUBJECTS) readonly subjects: DataSubjects,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENFORCEMENT) private readonly enforcement: Enforcement,
    @Inject(COMMAND_OBSERVER) private readonly observe: CommandObserver,
  ) {}

  /**
   * @throws UnknownCommand, InvalidCommand, and the refusals of the command's handler
   */
  async send(request: CommandRequest): Promise<CommandAnswer> {
    const { envelope, created, shown } = await this.prepare(request);
    const outcome = await this.dispatch(envelope);
    const { id, type, actor } = envelope;
    const enforced = this.enforcement.concerns(type)
      ? await this.enforcement.enforce({ id, type, account: actor.account }, outcome, {
          send: (command) => this.sendCaused(command),
        })
      : undefined;
    return { ...outcome, ...enforced, ...(created && { id: created }), ...shown };
  }

  /**
   * What sending the request would do, by the same code; nothing is recorded.
   * @throws the refusals of `send`
   */
  async rehearse(request: CommandRequest): Promise<RehearsedRequest> {
    const { envelope, created } = await this.prepare(request);
    const { outcome, log } = await this.bus.execute(new RehearseCommand(envelope));
    return { answer: { ...outcome, ...(created && { id: created }) }, log };
  }

  private async prepare(request: CommandRequest): Promise<Prepared> {
    const declared = publicCommand(request.type);
    if (declared === undefined) throw new UnknownCommand(request.type);
    const issues = declared.validate(request.data);
    if (issues !== undefined) throw new InvalidCommand(request.type, issues);
    // The caller that registers the first account has none.
    if (request.type !== 'RegisterAccount' && !this.registered.has(request.actor.account)) {
      await this.requireAccount(request.actor);
    }
    const completed = toInternal(request, declared, this);
    const { type, data, ...shown }: Internal = completed instanceof Promise ? await completed : completed;
    const { id, actor, repeatable, expectedRevision, traceparent } = request;
    const now = this.clock.now();
    const hashes = await this.hashes.of(request);
    return {
      envelope: {
        ...{ id, type, data, actor, now, ...hashes, repeatable, expectedRevision },
        traceparent,
      },
      created: declared.creates && (data as Record<string, string>)[declared.creates],
      shown,
    };
  }

  /**
   * Refuses writes for an account that is not registered: a token may name any account.
   * @throws Refusal `role-not-allowed`, `account-not-registered`
   */
  async requireAccount({ account: id }: Actor): Promise<void> {
    if (id === '') throw forbidden('The token names no account.');
    if (await this.isRegistered(id)) return;
    throw new Refusal('forbidden', 'account-not-registered', 'The account of your token is not registered.');
  }

  /**
   * The caller, or an internal service on behalf of the account and the person it names. For them it has the role
   * `service` alone: what else its token lets it do, such as registering accounts, it does for itself.
   * @param named the caller's own account and name by default
   * @throws Refusal `role-not-allowed`, `account-not-found`
   */
  async actingFor(
    caller: Actor,
    named: { readonly account?: string; readonly user?: string },
  ): Promise<Actor> {
    const { account = caller.account, user = caller.user } = named;
    if (account === caller.account && user === caller.user) return caller;
    if (!caller.roles.includes('service')) {
      throw forbidden('Only an internal service may act for another account or person.');
    }
    if (account === '') throw forbidden('Neither the token nor the command names an account.');
    if (!(await this.isRegistered(account)))
      throw impossible('account-not-found', `There is no account ${account}.`);
    return { account, user, roles: ['service'], service: caller.service ?? caller.user };
  }

  /** A command of one of our own processes, already in its internal shape. */
  async sendCaused(command: CausedCommand): Promise<CommandOutcome> {
    const hashes = await this.hashes.of(command);
    return this.dispatch({ ...command, now: command.now ?? this.clock.now(), ...hashes });
  }

  /** Accounts are never removed, so a known one is not looked up again. */
  private async isRegistered(accountId: string): Promise<boolean> {
    if (this.registered.has(accountId)) return true;
    const { status } = await this.aggregates.state(account, accountId);
    if (status === 'none') return false;
    this.registered.set(accountId, true);
    return true;
  }

  private dispatch(envelope: Envelope<Command>): Promise<CommandOutcome> {
    return within(spanOf(envelope), (span) => this.execute(envelope, span));
  }

  private async execute(envelope: Envelope<Command>, span: Span): Promise<CommandOutcome> {
    const startedAt = performance.now();
    let end: CommandEnd = 'failed';
    try {
      const outcome = await this.bus.execute(new ExecuteCommand(envelope));
      end = outcome.replayed ? 'replayed' : 'done';
      return outcome;
    } catch (error) {
      if (error instanceof Refusal) end = 'refused';
      throw error;
    } finally {
      span.describe({ 'tessera.command.outcome': end });
      this.observe(envelope.type, end, performance.now() - startedAt);
    }
  }
}

/** It belongs to the current span, or else follows from the trace context of its sender. */
function spanOf({ type, traceparent: caller }: Envelope<Command>): SpanOptions {
  const follows = caller !== undefined && traceparent() === undefined && { follows: () => [caller] };
  return { name: `command ${type}`, attributes: { 'tessera.command.type': type }, ...follows };
}
