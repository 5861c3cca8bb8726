import type { Instant, Role } from '#domain/kernel';

/** The metadata of every stored event: who, when, by which command and because of what. */
export interface EventMetadata {
  readonly at: Instant;
  readonly actor: {
    readonly account: string;
    readonly user: string;
    readonly role: Role;
    /** The internal service that acted for them, where they did not act themselves. */
    readonly service?: string;
  };
  readonly commandId: string;
  /** A hash of type and data: distinguishes a repeated command from another one with the same id. */
  readonly commandHash: string;
  /** The same for everything that one request led to. */
  readonly $correlationId: string;
  /** The event, or else the command, this follows from. */
  readonly $causationId: string;
  /** The W3C trace context in which it was recorded; absent where there is no trace. */
  readonly traceparent?: string;
  /** The version of the event's stored shape. */
  readonly schemaVersion: number;
}

/** The name of the process that follows the end of a connection. */
export const ENDS_CONNECTION = 'end-connection';

/** The user a process acts as. */
export function processUser(process: string): string {
  return `process:${process}`;
}
