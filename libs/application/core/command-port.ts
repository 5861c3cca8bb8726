import { processUser } from '#contracts';
import type { Actor, Command, Instant } from '#domain/kernel';
import type { Position, Revision } from '#event-store';

/** The outcome of a command. */
export interface CommandOutcome {
  /** Of the thing it was about. */
  readonly id: string;
  readonly revision: Revision | 'none';
  /** A view that has passed it reflects the command. */
  readonly position: Position | undefined;
  /** It was executed before; this is its first outcome. */
  readonly replayed: boolean;
}

/** A command of a process, with its cause. */
export interface CausedCommand extends Omit<Command, 'now'> {
  /** Of commands that take effect at one moment. The receiving side stamps the time of all others. */
  readonly now?: Instant;
  readonly correlationId: string;
  /** The id of the event it follows from. */
  readonly causationId: string;
  /** The trace that it follows from. */
  readonly traceparent?: string;
}

/**
 * Sends the commands of processes, in the same process or over a port to the one that owns the log.
 * Sending a command again is safe: it is answered as it was the first time.
 */
export interface CommandPort {
  /** @throws Refusal the rules refuse it; after any other error it may be retried */
  send(command: CausedCommand): Promise<CommandOutcome>;
}

/** The user our own processes act as, on behalf of an account: they may also do what its members may. */
export function processActor(account: string, process: string): Actor {
  return { account, user: processUser(process), roles: ['system'] };
}
