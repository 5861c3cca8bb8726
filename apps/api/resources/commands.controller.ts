import { Controller, Get, Post } from '@nestjs/common';
import { commandEnvelope, publicCommands } from '#contracts/commands';
import { AnyCommand } from '../commands/any-command.ts';
import { jsonBody } from '../http/command-data.ts';
import { DRY_RUN, type DryRunAnswer } from '../http/dry-run.ts';
import { type Exchange, Http } from '../http/exchange.ts';
import { parameters } from '../http/list-request.ts';
import type { CommandSent } from '../openapi/answers.ts';
import { anyCommand } from '../openapi/components.ts';
import { Shows, TakesCommands } from '../openapi/describe.ts';

/** The command bus for internal services: any command, by the same code and rules as the resources. */
@Controller('v1/commands')
export class CommandsController {
  constructor(private readonly anyCommand: AnyCommand) {}

  @Post()
  @TakesCommands(anyCommand(commandEnvelope.schema))
  async send(@Http() http: Exchange): Promise<CommandSent | DryRunAnswer> {
    const { dryRun } = parameters(http, DRY_RUN);
    const how = { dryRun, traceparent: http.request.headers.traceparent };
    const { status, headers, body } = await this.anyCommand.send(jsonBody(http), http.caller, how);
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
