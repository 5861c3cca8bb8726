import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { v7 as uuid, validate as isUuid } from 'uuid';
import { type CommandAnswer, CommandGateway } from '#application';
import type { Actor } from '#domain/kernel';
import type { Revision } from '#event-store';
import type { SignedIn } from '../auth/caller.ts';
import { consistencyToken } from './consistency.ts';
import { HttpProblem } from './problem.ts';

const ETAG = /^(?:W\/)?"(\d{1,15})"$/;

/** What every write answers with, beside its headers. */
export interface Written {
  readonly id: string;
  readonly revision: number;
}

/** Turns a request into a command, and the command's outcome into the answer's headers. */
@Injectable()
export class Writes {
  constructor(private readonly gateway: CommandGateway) {}

  /**
   * Sends the command a request stands for.
   * @param path what the path says of the command's data; the body may not say it again
   */
  async send(
    request: SignedIn,
    reply: FastifyReply,
    type: string,
    path: Readonly<Record<string, string>> = {},
    body: unknown = request.body ?? {},
  ): Promise<CommandAnswer> {
    const answer = await this.gateway.send({
      id: commandIdOf(request),
      type,
      data: withPath(body, path),
      actor: request.caller,
      expectedRevision: expectedRevisionOf(request),
    });
    setHeaders(reply, answer);
    return answer;
  }

  /** The same for a command that came as an envelope of its own. */
  async sendEnvelope(
    reply: FastifyReply,
    envelope: { id: string; type: string; data: unknown; expectedRevision?: Revision },
    actor: Actor,
  ): Promise<CommandAnswer> {
    const answer = await this.gateway.send({ ...envelope, actor });
    setHeaders(reply, answer);
    return answer;
  }
}

export function written(answer: CommandAnswer): Written {
  return { id: answer.id, revision: answer.revision === 'none' ? -1 : answer.revision };
}

function setHeaders(reply: FastifyReply, answer: CommandAnswer): void {
  if (answer.revision !== 'none') reply.header('etag', `"${answer.revision}"`);
  if (answer.position !== undefined) reply.header('consistency-token', consistencyToken(answer.position));
  if (answer.replayed) reply.header('idempotent-replayed', 'true');
}

/** The caller's idempotency key is the command's id; without one the command is new. */
export function commandIdOf(request: SignedIn): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return uuid();
  if (typeof key !== 'string' || !isUuid(key)) {
    throw new HttpProblem(400, 'invalid-idempotency-key', 'Idempotency-Key must be a UUID.');
  }
  return key.toLowerCase();
}

function expectedRevisionOf(request: SignedIn): Revision | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const revision = ETAG.exec(header)?.[1];
  if (revision === undefined) throw new HttpProblem(400, 'invalid-if-match', 'If-Match must be one ETag of ours.');
  return Number(revision) as Revision;
}

function withPath(body: unknown, path: Readonly<Record<string, string>>): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new HttpProblem(400, 'malformed-request', 'The body must be a JSON object.');
  }
  for (const [name, id] of Object.entries(path)) {
    if (!isUuid(id)) throw new HttpProblem(404, 'not-found', 'There is nothing here.');
    if (name in body) {
      const errors = [{ pointer: `/${name}`, code: 'unknown-field', detail: `${name} is part of the path.` }];
      throw new HttpProblem(400, 'invalid-command', 'The body says again what the path says.', { errors });
    }
  }
  return { ...body, ...path };
}
