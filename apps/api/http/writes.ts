import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { type CommandAnswer, CommandGateway, type CommandRequest, newId } from '#application';
import { type PublicCommandType, publicCommand } from '#contracts/commands';
import type { Revision } from '#event-store';
import type { SignedIn } from '../auth/caller.ts';
import { consistencyToken } from './consistency.ts';
import type { Exchange } from './exchange.ts';
import { HttpProblem } from './problem.ts';

const ETAG = /^(?:W\/)?"(\d{1,15})"$/;

/** What every write answers with, beside its headers. */
export interface Written {
  readonly id: string;
  readonly revision: number;
}

/** Turns a request into a command, and the command's outcome into the answer. */
@Injectable()
export class Writes {
  constructor(private readonly gateway: CommandGateway) {}

  /**
   * Sends the command a request stands for.
   * @param path what the path says of the command's data; the body may not say it again
   */
  async send(http: Exchange, type: PublicCommandType, path: Path = {}): Promise<Written> {
    return written(await this.answer(http, type, path));
  }

  /** The same, with everything the command came to. */
  answer(http: Exchange, type: PublicCommandType, path: Path = {}): Promise<CommandAnswer> {
    return this.envelope(http, {
      id: commandIdOf(http.request),
      type,
      data: withPath(withCreatedId(bodyOf(http), publicCommand(type).creates), path),
      actor: http.caller,
      expectedRevision: expectedRevisionOf(http.request),
    });
  }

  /** Sends a command that came as an envelope of its own. */
  async envelope({ reply }: Exchange, command: CommandRequest): Promise<CommandAnswer> {
    const answer = await this.gateway.send(command);
    if (answer.revision !== 'none') reply.header('etag', `"${answer.revision}"`);
    if (answer.position !== undefined) reply.header('consistency-token', consistencyToken(answer.position));
    if (answer.replayed) reply.header('idempotent-replayed', 'true');
    return answer;
  }
}

export function written(answer: CommandAnswer): Written {
  return { id: answer.id, revision: answer.revision === 'none' ? -1 : answer.revision };
}

/** The caller's idempotency key is the command's id; without one the command is new. */
export function commandIdOf(request: SignedIn): string {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return newId();
  if (typeof key !== 'string' || !isUuid(key)) {
    throw new HttpProblem(400, 'invalid-idempotency-key', 'Idempotency-Key must be a UUID.');
  }
  return key.toLowerCase();
}

function expectedRevisionOf(request: SignedIn): Revision | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const revision = ETAG.exec(header)?.[1];
  if (revision === undefined)
    throw new HttpProblem(400, 'invalid-if-match', 'If-Match must be one ETag of ours.');
  return Number(revision) as Revision;
}

type Path = Readonly<Record<string, string>>;
type Body = Readonly<Record<string, unknown>>;

function bodyOf({ request }: Exchange): Body {
  const body = request.body ?? {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new HttpProblem(400, 'malformed-request', 'The body must be a JSON object.');
  }
  return body as Body;
}

/** Whoever creates something may name its `id`; the command calls it by its own field. */
function withCreatedId(body: Body, field: string | undefined): Body {
  if (field === undefined || !('id' in body)) return body;
  const { id, ...rest } = body;
  return { ...rest, [field]: id };
}

function withPath(body: Body, path: Path): Body {
  for (const [name, id] of Object.entries(path)) {
    if (!isUuid(id)) throw new HttpProblem(404, 'not-found', 'There is nothing here.');
    if (name in body) {
      const errors = [{ pointer: `/${name}`, code: 'unknown-field', detail: `${name} is part of the path.` }];
      throw new HttpProblem(400, 'invalid-command', 'The body says again what the path says.', { errors });
    }
  }
  return { ...body, ...path };
}
