import { Injectable } from '@nestjs/common';
import { Command as BusCommand, type ICommandHandler } from '@nestjs/cqrs';
import type { TesseraEvent } from '#contracts';
import type { Command } from '#domain/kernel';
import { CommandExecutor, type Envelope, type StreamCommands } from '../command-executor.ts';
import type { CommandOutcome } from '../core/command-port.ts';

/** A domain command on the bus; each kind of stream has its own. */
export abstract class Dispatch<C extends Command> extends BusCommand<CommandOutcome> {
  constructor(readonly envelope: Envelope<C>) {
    super();
  }
}

/** Carries out the commands of one kind of stream. */
@Injectable()
export abstract class StreamCommandHandler<State, C extends Command, E extends TesseraEvent, Facts>
  implements ICommandHandler<Dispatch<C>, CommandOutcome>
{
  protected abstract readonly commands: StreamCommands<State, C, E, Facts>;

  constructor(protected readonly executor: CommandExecutor) {}

  execute({ envelope }: Dispatch<C>): Promise<CommandOutcome> {
    return this.executor.execute(this.commands, envelope);
  }
}
