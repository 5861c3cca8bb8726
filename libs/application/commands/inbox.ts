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
import { EVENT_STORE, NOTIFICATIONS, type Notifications } from '../ports.ts';
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
    facts: async ({ type, actor, data }) =>
      type === 'ReadNotification'
        ? { isThere: await this.notifications.has(actor.account, data.notificationId) }
        : { upTo: await this.log.head() },
  };

  constructor(
    executor: CommandExecutor,
    @Inject(EVENT_STORE) private readonly log: EventReader,
    @Inject(NOTIFICATIONS) private readonly notifications: Notifications,
  ) {
    super(executor);
  }
}
