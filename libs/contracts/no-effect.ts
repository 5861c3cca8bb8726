import type { DomainEvent } from '#domain/kernel';

/**
 * A command that its caller may repeat has changed nothing. It is stored so that the command is recognised when it
 * is repeated, and has no meaning for the state of its stream: no fold and no view receives it.
 */
export type CommandHadNoEffect = DomainEvent<'CommandHadNoEffect', Record<never, never>>;

const TYPE: CommandHadNoEffect['type'] = 'CommandHadNoEffect';

/** Whether an event, stored or read back, affects the state of its stream. */
export function changesState<Event extends { readonly type: string }>(
  event: Event,
): event is Exclude<Event, { readonly type: CommandHadNoEffect['type'] }> {
  return event.type !== TYPE;
}
