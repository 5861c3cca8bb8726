import { Inject } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import {
  type InboxCommand,
  type InboxEvent,
  type InboxFacts,
  type InboxState,
  inbox,
  inboxRoles,
} from '#domain/inbox';
import type { EventReader } from '#event-store';
import { CommandExecutor, type StreamCommands } from '../command-executor.ts';
import { EVENT_STORE } from '../ports.ts';
import { Dispatch, StreamCommandHandler } from './stream-command-handler.ts';

export class DispatchInboxCommand extends Dispatch<InboxCommand> {}

@CommandHandler(DispatchInboxCommand)
export class InboxCommandHandler extends StreamCommandHandler<
  InboxState,
  InboxCommand,
  InboxEvent,
  InboxFacts
> {
  protected readonly commands: StreamCommands<InboxState, InboxCommand, InboxEvent, InboxFacts> = {
    decider: inbox,
    roles: inboxRoles,
    streamId: (command) => command.actor.account,
    facts: async (command) =>
      command.type === 'ReadAllNotifications' ? { upTo: await this.log.head() } : undefined,
  };

  constructor(
    executor: CommandExecutor,
    @Inject(EVENT_STORE) private readonly log: EventReader,
  ) {
    super(executor);
  }
}
