import type { Actor } from './actor.ts';
import type { Instant } from './instant.ts';

/** What happened, in the domain's words. Who, when and why are its metadata; what a fold needs is data. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** A command. Time, ids and actor come with it: the domain has no clock and no randomness. */
export interface Command<Type extends string = string, Data = unknown> {
  /** A UUID; the same id is the same command, however often it arrives. */
  readonly id: string;
  readonly type: Type;
  readonly data: Data;
  readonly actor: Actor;
  readonly now: Instant;
}

/**
 * The whole behaviour of one kind of stream.
 * `Facts` is what the decision needs of other streams, read by the caller before it decides.
 */
export interface Decider<
  State,
  C extends Command = Command,
  E extends DomainEvent = DomainEvent,
  Facts = undefined,
> {
  /** The kind of stream; its streams are named `<category>-<id>`. */
  readonly category: string;
  readonly initial: State;
  /** The state after one more event. Never mutates `state`. */
  evolve(state: State, event: E): State;
  /** The events the command leads to, `[]` when it changes nothing; throws a `Refusal`. */
  decide(command: C, state: State, facts: Facts): readonly E[];
}

/** Replays `events` from `state`. */
export function fold<State, E extends DomainEvent>(
  decider: Pick<Decider<State, never, E, never>, 'evolve'>,
  state: State,
  events: Iterable<E>,
): State {
  let folded = state;
  for (const event of events) folded = decider.evolve(folded, event);
  return folded;
}

/** Refuses to fold an event that cannot follow those before it: the log is damaged, and no decision may be based on it. */
export function outOfPlace(event: DomainEvent, status: string): never {
  throw new Error(`${event.type} cannot follow in a stream whose status is "${status}".`);
}

/** Splits `items` into runs of at most `size`, so that no event grows with the data. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const batches: Item[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}

/** The most items in one event. */
export const ITEMS_PER_EVENT = 500;
