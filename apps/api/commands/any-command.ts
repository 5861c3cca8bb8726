import { Injectable } from '@nestjs/common';
import { type CommandAnswer, CommandGateway, type CommandRequest, ListAnnounced } from '#application';
import { commandEnvelope } from '#contracts/commands';
import type { Actor } from '#domain/kernel';
import type { Revision } from '#event-store';
import { readTraceparent } from '#tracing';
import { jsonObject, valid } from '../http/command-data.ts';
import type { DryRunAnswer } from '../http/dry-run.ts';
import { Reads } from '../http/reads.ts';
import { type OutcomeHeaders, outcomeHeaders, rehearsedHeaders, written } from '../http/writes.ts';
import type { CommandSent } from '../openapi/answers.ts';

/** The answer to a command, over HTTP and NATS. */
export interface CommandReply {
  readonly status: 200 | 202;
  readonly headers: OutcomeHeaders;
  readonly body: CommandSent | DryRunAnswer;
}

/** Parameters of a command besides its envelope. */
export interface HowSent {
  readonly dryRun?: boolean;
  readonly traceparent?: unknown;
}

/** Any command in its envelope, by the same code and rules as the resources: over HTTP, and over NATS. */
@Injectable()
export class AnyCommand {
  constructor(
    private readonly gateway: CommandGateway,
    private readonly reads: Reads,
  ) {}

  /**
   * @param body as it came; nothing of it is checked yet
   * @param how `dryRun`: it is only asked what the command would come to, also where the envelope does not say so;
   *   `traceparent`: the header of that name, as it came
   * @throws HttpProblem 400 it is no envelope
   * @throws whatever the gateway refuses with
   */
  async send(body: unknown, caller: Actor, how: HowSent = {}): Promise<CommandReply> {
    const envelope = valid(jsonObject(body), commandEnvelope);
    const { id, type, data, expectedRevision } = envelope;
    const actor = await this.gateway.actingFor(caller, envelope);
    const command = {
      id,
      repeatable: true,
      type,
      data,
      actor,
      expectedRevision: expectedRevision as Revision | undefined,
      traceparent: readTraceparent(how.traceparent),
    };
    if (how.dryRun || envelope.dryRun) return this.rehearse(command);
    const answer = await this.gateway.send(command);
    return { status: answer.progress ? 202 : 200, headers: outcomeHeaders(answer), body: sent(answer) };
  }

  private async rehearse(command: CommandRequest): Promise<CommandReply> {
    const { answer, log } = await this.gateway.rehearse(command);
    const events = await this.reads.result(new ListAnnounced(command.actor, log));
    return {
      status: 200,
      headers: rehearsedHeaders(answer),
      body: { events, answer: { status: 200, body: sent(answer) } },
    };
  }
}

function sent(answer: CommandAnswer): CommandSent {
  const { replayed, token, secret, deliveryId } = answer;
  return { ...written(answer), replayed, token, secret, deliveryId };
}
