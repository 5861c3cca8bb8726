import { Injectable } from '@nestjs/common';
import { CommandGateway } from '#application';
import { commandEnvelope } from '#contracts/commands';
import type { Actor } from '#domain/kernel';
import type { Revision } from '#event-store';
import { jsonObject, valid } from '../http/command-data.ts';
import { type OutcomeHeaders, outcomeHeaders, written } from '../http/writes.ts';
import type { CommandSent } from '../openapi/answers.ts';

/** What a command is answered, whichever way it came. */
export interface CommandReply {
  readonly status: 200 | 202;
  readonly headers: OutcomeHeaders;
  readonly body: CommandSent;
}

/** Any command in its envelope, by the same code and rules as the resources: over HTTP, and over NATS. */
@Injectable()
export class AnyCommand {
  constructor(private readonly gateway: CommandGateway) {}

  /**
   * @param body as it came; nothing of it is checked yet
   * @throws HttpProblem 400 it is no envelope
   * @throws whatever the gateway refuses with
   */
  async send(body: unknown, caller: Actor): Promise<CommandReply> {
    const envelope = valid(jsonObject(body), commandEnvelope);
    const { id, type, data, account, expectedRevision } = envelope;
    const actor = account === undefined ? caller : await this.gateway.actingFor(caller, account);
    const answer = await this.gateway.send({
      id,
      repeatable: true,
      type,
      data,
      actor,
      expectedRevision: expectedRevision as Revision | undefined,
    });
    return {
      status: answer.progress ? 202 : 200,
      headers: outcomeHeaders(answer),
      body: { ...written(answer), replayed: answer.replayed, token: answer.token },
    };
  }
}
