import type { DomainEvent } from '#domain/kernel';

/**
 * A command that its caller may send again has changed nothing. It is stored so that the command is known when it
 * comes again, and is of no meaning for the state of its stream: no fold and no view is given it.
 */
export type CommandHadNoEffect = DomainEvent<'CommandHadNoEffect', Record<never, never>>;

const TYPE: CommandHadNoEffect['type'] = 'CommandHadNoEffect';

/** Whether an event, stored or read back, means anything for the state of its stream. */
export function changesState<Event extends { readonly type: string }>(
  event: Event,
): event is Exclude<Event, { readonly type: CommandHadNoEffect['type'] }> {
  return event.type !== TYPE;
}
