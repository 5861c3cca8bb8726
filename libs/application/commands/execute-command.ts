import { Command as BusCommand, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandExecutor, type Envelope } from '../command-executor.ts';
import type { CommandOutcome } from '../core/command-port.ts';

/** A command on the bus, whatever its type. */
export class ExecuteCommand extends BusCommand<CommandOutcome> {
  constructor(readonly envelope: Envelope) {
    super();
  }
}

/** Takes every command from the bus. */
@CommandHandler(ExecuteCommand)
export class ExecuteCommandHandler implements ICommandHandler<ExecuteCommand, CommandOutcome> {
  constructor(private readonly executor: CommandExecutor) {}

  /** @throws whatever the command is refused with */
  execute({ envelope }: ExecuteCommand): Promise<CommandOutcome> {
    return this.executor.execute(envelope);
  }
}
