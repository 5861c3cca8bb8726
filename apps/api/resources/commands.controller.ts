import { Controller, Get, Post } from '@nestjs/common';
import { CommandGateway } from '#application';
import { commandEnvelope, publicCommands } from '#contracts/commands';
import type { Revision } from '#event-store';
import { validBody } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { Writes, written } from '../http/writes.ts';
import { anyCommand } from '../openapi/components.ts';
import { Shows } from '../openapi/describe.ts';

/** The command bus for internal services: any command, by the same code and rules as the resources. */
@Controller('v1/commands')
export class CommandsController {
  constructor(
    private readonly writes: Writes,
    private readonly gateway: CommandGateway,
  ) {}

  @Post()
  @Shows('CommandSent', {
    summary: 'Sends any command, by the same rules as its resource.',
    body: anyCommand(commandEnvelope.schema),
    kind: 'command',
    mayTakeLonger: true,
  })
  async send(@Http() http: Exchange) {
    const { id, type, data, account, expectedRevision } = validBody(http, commandEnvelope);
    const actor = account === undefined ? http.caller : await this.gateway.actingFor(http.caller, account);
    const answer = await this.writes.sendEnvelope(http, {
      id,
      repeatable: true,
      type,
      data,
      actor,
      expectedRevision: expectedRevision as Revision | undefined,
    });
    return { ...written(answer), replayed: answer.replayed, token: answer.token };
  }

  @Get()
  @Shows('CommandDescriptions', {
    summary: 'Every command there is, with the schema of its data.',
    kind: 'plain',
  })
  list() {
    return {
      items: publicCommands.map(({ type, description, schema }) => ({ type, description, schema })),
    };
  }
}
