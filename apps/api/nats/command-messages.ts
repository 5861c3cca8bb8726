import { Match, type Msg } from '@nats-io/transport-node';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { Log } from '#subscriptions';
import { readTraceparent, type SpanOptions, within } from '#tracing';
import type { Allowance } from '../auth/account-limit.ts';
import { type Access, Guard } from '../auth/guard.ts';
import { AnyCommand, type CommandReply } from '../commands/any-command.ts';
import { JSON_READER, type JsonReader } from '../http/bodies.ts';
import { jsonObject } from '../http/command-data.ts';
import { Load } from '../http/load-limit.ts';
import { ProblemFilter } from '../http/problem.filter.ts';
import { HttpProblem } from '../http/problem.ts';
import { BODY_BYTES } from '../http/transport.ts';
import { LOG } from '../resources/changes.controller.ts';
import { COMMAND_SUBJECTS, commandSubject } from './subjects.ts';
import type { NatsReply } from './transport.ts';

/** Commands check roles themselves. */
const ANY_ROLE: Access = { open: false, roles: undefined };

/** NATS does not reveal addresses of senders, so all messages share this one. */
const ADDRESS = 'nats';
const SOCKET = {};

/** `POST /v1/commands` over NATS: the same body, judged by the same code, with the same answers and problems. */
@Controller()
export class CommandMessages {
  constructor(
    private readonly anyCommand: AnyCommand,
    private readonly guard: Guard,
    private readonly load: Load,
    private readonly problems: ProblemFilter,
    @Inject(JSON_READER) private readonly readJson: JsonReader,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @MessagePattern(COMMAND_SUBJECTS)
  async answer(@Payload() message: Msg): Promise<NatsReply> {
    if (!message.reply) {
      // A refusal could not be returned to the sender.
      this.log.info({ subject: message.subject }, 'A command without a reply subject was not executed');
      return { headers: {}, body: '' };
    }
    const refusal = this.load.begin();
    if (refusal !== undefined) return this.refused(refusal);
    let allowance: Partial<Allowance> = {};
    const onAllowance = (current: Allowance) => {
      allowance = current;
    };
    try {
      return withAllowance(answered(await this.execute(message, onAllowance)), allowance);
    } catch (error) {
      return withAllowance(this.refused(error), allowance);
    } finally {
      this.load.end();
    }
  }

  /** In the order of HTTP: the message must be readable before its sender is asked for. */
  private async execute(
    { data, subject, headers }: Msg,
    onAllowance: (allowance: Allowance) => void,
  ): Promise<CommandReply> {
    if (data.length > BODY_BYTES) {
      throw new HttpProblem(413, 'too-large', 'Request body is too large');
    }
    const body = this.readJson(Buffer.from(data));
    const authorization = headers?.values('Authorization', Match.IgnoreCase)[0];
    const request = { headers: { authorization }, ip: ADDRESS, raw: { socket: SOCKET } };
    const caller = await this.guard.admit(request, ANY_ROLE, onAllowance);
    const { type } = jsonObject(body);
    // NATS controls by subject who may publish.
    if (typeof type === 'string' && subject !== commandSubject(type)) {
      throw new HttpProblem(400, 'wrong-subject', 'The subject must name the type of the command.');
    }
    const traceparent = readTraceparent(headers?.values('traceparent', Match.IgnoreCase)[0]);
    const span: SpanOptions = {
      name: `NATS ${COMMAND_SUBJECTS}`,
      kind: 'server',
      attributes: { 'messaging.system': 'nats' },
      ...(traceparent !== undefined && { follows: () => [traceparent] }),
    };
    return within(span, () => this.anyCommand.send(body, caller, { traceparent }));
  }

  private refused(error: unknown): NatsReply {
    const { problem, headers } = this.problems.answerTo(error);
    return reply(problem.status, 'application/problem+json', problem, headers);
  }
}

function answered({ status, headers, body }: CommandReply): NatsReply {
  return reply(status, 'application/json', body, headers);
}

function withAllowance({ headers, body }: NatsReply, allowance: Partial<Allowance>): NatsReply {
  const rateHeaders = Object.entries(allowance).map(([name, value]) => [name, String(value)]);
  return { headers: { ...headers, ...Object.fromEntries(rateHeaders) }, body };
}

function reply(
  status: number,
  contentType: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): NatsReply {
  return {
    headers: { Status: String(status), 'Content-Type': contentType, ...headers },
    body: JSON.stringify(body),
  };
}
