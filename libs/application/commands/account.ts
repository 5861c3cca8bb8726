import { CommandHandler } from '@nestjs/cqrs';
import {
  type AccountCommand,
  type AccountEvent,
  type AccountState,
  account,
  accountRoles,
} from '#domain/account';
import type { StreamCommands } from '../command-executor.ts';
import { Dispatch, StreamCommandHandler } from './stream-command-handler.ts';

export class DispatchAccountCommand extends Dispatch<AccountCommand> {}

@CommandHandler(DispatchAccountCommand)
export class AccountCommandHandler extends StreamCommandHandler<
  AccountState,
  AccountCommand,
  AccountEvent,
  undefined
> {
  protected readonly commands: StreamCommands<AccountState, AccountCommand, AccountEvent, undefined> = {
    decider: account,
    roles: accountRoles,
    streamId: (command) => command.data.accountId,
    facts: () => undefined,
  };
}
