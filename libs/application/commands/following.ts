import type { Envelope } from '../command-executor.ts';
import { derivedId } from '../core/ids.ts';

/** A command that completes another one: the same one each time that one is repeated. */
export function followingFrom(command: Envelope, type: string, data: unknown): Envelope {
  const { id, actor, now, hash, correlationId = id } = command;
  return { id: derivedId(id, type), type, data, actor, now, hash, correlationId, causationId: id };
}
