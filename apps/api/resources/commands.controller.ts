import { Controller, Get, Post } from '@nestjs/common';
import { commandEnvelope, publicCommands } from '#contracts/commands';
import { AnyCommand } from '../commands/any-command.ts';
import { jsonBody } from '../http/command-data.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { anyCommand } from '../openapi/components.ts';
import { Shows } from '../openapi/describe.ts';

/** The command bus for internal services: any command, by the same code and rules as the resources. */
@Controller('v1/commands')
export class CommandsController {
  constructor(private readonly anyCommand: AnyCommand) {}

  @Post()
  @Shows('CommandSent', {
    summary: 'Sends any command, by the same rules as its resource.',
    body: anyCommand(commandEnvelope.schema),
    kind: 'command',
    mayTakeLonger: true,
  })
  async send(@Http() http: Exchange) {
    const { status, headers, body } = await this.anyCommand.send(jsonBody(http), http.caller);
    http.reply.status(status).headers(headers);
    return body;
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
