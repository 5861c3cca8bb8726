import { expect } from '@jest/globals';
import { type Command, type Decider, type DomainEvent, fold, type RefusalKind } from '#domain/kernel';

/**
 * Given these events, when this command is decided, then exactly these events, in this order, or this refusal.
 * The last argument of `when` is the facts of other streams.
 */
export function scenario<State, C extends Command, E extends DomainEvent, Facts>(
  decider: Decider<State, C, E, Facts>,
) {
  return {
    given: (...history: readonly E[]) => ({
      when(command: C, ...[facts]: undefined extends Facts ? [facts?: Facts] : [facts: Facts]) {
        const state = fold(decider, decider.initial, history);
        const decide = () => decider.decide(command, state, facts as Facts);
        return {
          // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits it
          then: (...events: readonly E[]) => expect(decide()).toStrictEqual(events),
          thenNothing: () => expect(decide()).toStrictEqual([]),
          thenRefused(kind: RefusalKind, code: string) {
            expect(decide).toThrow(expect.objectContaining({ name: 'Refusal', kind, code }));
          },
        };
      },
    }),
  };
}
