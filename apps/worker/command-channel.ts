import type { MessagePort } from 'node:worker_threads';
import type { CausedCommand, CommandOutcome, CommandPort } from '#application/core';
import { CommandsUnavailable } from '#processes';
import { answerCalls, Caller } from './calls.ts';

type CommandMethods = { execute(command: CausedCommand): Promise<CommandOutcome> };

/**
 * The processes' end: sends commands to the thread that owns the log. When that is gone they fail as unavailable,
 * to be sent again.
 */
export function commandsOver(port: MessagePort): CommandPort {
  const unavailable = () =>
    new CommandsUnavailable('The worker is shutting down; the command was not confirmed.');
  const caller = new Caller<CommandMethods>(port, unavailable);
  return { send: (command) => caller.call('execute', command) };
}

/** The other end: executes the commands it receives. */
export function executeCommands(
  port: MessagePort,
  execute: (command: CausedCommand) => Promise<CommandOutcome>,
): void {
  answerCalls(port, { execute });
}
