import { processUser } from '#contracts';
import type { Actor, Command, Instant } from '#domain/kernel';
import type { Position, Revision } from '#event-store';

/** What became of a command. */
export interface CommandOutcome {
  /** Of the thing it was about. */
  readonly id: string;
  readonly revision: Revision | 'none';
  /** A view that has passed it reflects the command. */
  readonly position: Position | undefined;
  /** It had been taken before; this is the answer of that time. */
  readonly replayed: boolean;
}

/** A command a process sends: it says what caused it. */
export interface CausedCommand extends Omit<Command, 'now'> {
  /** Of commands that take effect at one moment. The receiving side stamps the time of all others. */
  readonly now?: Instant;
  readonly correlationId: string;
  /** The id of the event it follows from. */
  readonly causationId: string;
  /** The place in a trace that it follows from. */
  readonly traceparent?: string;
}

/**
 * Where processes send their commands, in the same process or over a port to the one that owns the log.
 * Sending a command again is safe: it is answered as it was the first time.
 */
export interface CommandPort {
  /** @throws Refusal the rules refuse it; anything else is worth another try */
  send(command: CausedCommand): Promise<CommandOutcome>;
}

/** The user our own processes act as, on behalf of an account: they may also do what its members may. */
export function processActor(account: string, process: string): Actor {
  return { account, user: processUser(process), roles: ['system'] };
}
