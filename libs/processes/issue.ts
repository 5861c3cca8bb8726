import { type CommandOutcome, type CommandPort, derivedId, processActor } from '#application/core';
import type { BuildingCommand, CustomerCommand, LocationCommand } from '#domain/catalogue';
import type { ConnectionCommand, ConnectionPairCommand } from '#domain/connection';
import type { ErasureCommand } from '#domain/erasure';
import type { ImportCommand } from '#domain/import';
import type { InstallationCommand } from '#domain/installation';
import type { Instant } from '#domain/kernel';
import type { ShareCommand } from '#domain/share';
import { traceparent } from '#tracing';
import type { Work } from './process-manager.ts';

type IssuedCommand =
  | BuildingCommand
  | ConnectionCommand
  | ConnectionPairCommand
  | CustomerCommand
  | ErasureCommand
  | ImportCommand
  | InstallationCommand
  | LocationCommand
  | ShareCommand;

/**
 * Sends a command that follows from a piece of work. `path` distinguishes it from the work's other commands of its type:
 * the same path is the same command, however often it is sent.
 */
export type Issue = <Type extends IssuedCommand['type']>(
  type: Type,
  data: Extract<IssuedCommand, { type: Type }>['data'],
  ...path: readonly (string | number)[]
) => Promise<CommandOutcome>;

/**
 * Issues commands as the named process, on behalf of `account`.
 * @param now the moment at which all of them take effect; each at its own by default
 */
export function issueFor(
  commands: CommandPort,
  process: string,
  { cause }: Work,
  account: string,
  now?: Instant,
): Issue {
  const actor = processActor(account, process);
  return (type, data, ...path) => {
    const place = traceparent() ?? cause.traceparent;
    return commands.send({
      id: derivedId(cause.eventId, process, type, ...path),
      type,
      data,
      actor,
      correlationId: cause.correlationId,
      causationId: cause.eventId,
      ...(now !== undefined && { now }),
      ...(place !== undefined && { traceparent: place }),
    });
  };
}
