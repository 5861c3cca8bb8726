import { Command as BusCommand, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandExecutor, type Envelope, type Rehearsed } from '../command-executor.ts';
import type { CommandOutcome } from '../core/command-port.ts';

/** A command on the bus, whatever its type. */
export class ExecuteCommand extends BusCommand<CommandOutcome> {
  constructor(readonly envelope: Envelope) {
    super();
  }
}

/** Executes every command on the bus. */
@CommandHandler(ExecuteCommand)
export class ExecuteCommandHandler implements ICommandHandler<ExecuteCommand, CommandOutcome> {
  constructor(private readonly executor: CommandExecutor) {}

  /** @throws the refusal of the command */
  execute({ envelope }: ExecuteCommand): Promise<CommandOutcome> {
    return this.executor.execute(envelope);
  }
}

/** A command on the bus for a dry run. */
export class RehearseCommand extends BusCommand<Rehearsed> {
  constructor(readonly envelope: Envelope) {
    super();
  }
}

@CommandHandler(RehearseCommand)
export class RehearseCommandHandler implements ICommandHandler<RehearseCommand, Rehearsed> {
  constructor(private readonly executor: CommandExecutor) {}

  /** @throws the refusal of the command */
  execute({ envelope }: RehearseCommand): Promise<Rehearsed> {
    return this.executor.rehearse(envelope);
  }
}
