import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import {
  type CommandAnswer,
  CommandGateway,
  type CommandOutcome,
  type CommandRequest,
  ListAnnounced,
  newId,
  type RevocationProgress,
} from '#application';
import type { PublicCommandType } from '#contracts/commands';
import type { Revision } from '#event-store';
import { readTraceparent } from '#tracing';
import { commandData, type Path } from './command-data.ts';
import { consistencyToken } from './consistency.ts';
import type { DryRun } from './dry-run.ts';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';
import { Reads } from './reads.ts';

const ETAG = /^(?:W\/)?"(\d{1,15})"$/;

/** The body of the answer to every write. */
export interface Written {
  readonly id: string;
  readonly revision: number;
  /** With 202: the progress of a revocation that is still being applied to installations (R-V8). */
  readonly progress?: RevocationProgress;
}

/** The outcome of a command, and its id. */
export type SentCommand = CommandAnswer & { readonly commandId: string };

/** Turns a request into a command, and the command's outcome into the answer. */
@Injectable()
export class Writes {
  constructor(
    private readonly gateway: CommandGateway,
    private readonly reads: Reads,
  ) {}

  /**
   * Sends the command of a request.
   * @param path fields of the command's data given by the path; the body may not repeat them
   */
  async send(http: Exchange, type: PublicCommandType, path?: Path): Promise<Written> {
    return written(await this.sendForAnswer(http, type, path));
  }

  /** The same, with the whole answer of the command. */
  async sendForAnswer(http: Exchange, type: PublicCommandType, path?: Path): Promise<SentCommand> {
    const id = commandIdOf(http.request);
    const repeatable = http.request.headers['idempotency-key'] !== undefined;
    const command = {
      id,
      repeatable,
      type,
      data: commandData(http, type, path),
      actor: http.caller,
      expectedRevision: expectedRevisionOf(http.request),
      traceparent: readTraceparent(http.request.headers.traceparent),
    };
    if (http.dryRun) return { ...(await this.rehearse(http.reply, http.dryRun, command)), commandId: id };
    const answer = await this.gateway.send(command);
    http.reply.headers(outcomeHeaders(answer));
    if (answer.progress) http.reply.status(202);
    return { ...answer, commandId: id };
  }

  private async rehearse(
    reply: Exchange['reply'],
    dryRun: DryRun,
    command: CommandRequest,
  ): Promise<CommandAnswer> {
    const { answer, log } = await this.gateway.rehearse(command);
    dryRun.log = log;
    dryRun.events = await this.reads.result(new ListAnnounced(command.actor, log));
    reply.headers(rehearsedHeaders(answer));
    return answer;
  }
}

export type OutcomeHeaders = Partial<Record<'ETag' | 'Consistency-Token' | 'Idempotent-Replayed', string>>;

/** Headers of the answer to a write. */
export function outcomeHeaders({ revision, position, replayed }: CommandOutcome): OutcomeHeaders {
  return {
    ...(revision !== 'none' && { ETag: `"${revision}"` }),
    ...(position !== undefined && { 'Consistency-Token': consistencyToken(position) }),
    ...(replayed && { 'Idempotent-Replayed': 'true' }),
  };
}

/** Of a dry run: without a position, as nothing was written. */
export function rehearsedHeaders({ replayed }: CommandOutcome): OutcomeHeaders {
  return { ...(replayed && { 'Idempotent-Replayed': 'true' }) };
}

export function written(answer: CommandAnswer): Written {
  const { id, revision, progress } = answer;
  return { id, revision: revision === 'none' ? -1 : revision, ...(progress && { progress }) };
}

/** The caller's idempotency key is the command's id; without one the command is new. */
export function commandIdOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return newId();
  if (typeof key !== 'string' || !isUuid(key)) {
    throw new HttpProblem(400, 'invalid-idempotency-key', 'Idempotency-Key must be a UUID.');
  }
  return key.toLowerCase();
}

function expectedRevisionOf(request: FastifyRequest): Revision | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const revision = ETAG.exec(header)?.[1];
  if (revision === undefined)
    throw new HttpProblem(400, 'invalid-if-match', 'If-Match must be a single ETag as sent by this service.');
  return Number(revision) as Revision;
}
