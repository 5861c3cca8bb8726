import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { fold, ITEMS_PER_EVENT, inBatches } from '#domain/kernel';
import { type ShareEvent, share, wasApproved } from './index.ts';
import { approved, collected, confirmed, item, PLACED, placed, requested, started } from './testing/index.ts';

/** A share of so many items at customer level, collected, confirmed and placed in batches. */
function takenOver(items: number): ShareEvent[] {
  const batches = inBatches(
    Array.from({ length: items }, (_, index) => `i${index}`),
    ITEMS_PER_EVENT,
  );
  return [
    requested,
    approved(undefined, 'customer'),
    started,
    ...batches.map((ids, batch) =>
      collected(
        ids.map((id) => item(id, 'customer')),
        { batch },
      ),
    ),
    ...batches.flatMap((ids, batch) => confirmed(`step-${batch}`, ...ids)),
    ...batches.map((ids, batch) => placed(`step-${batch}`, PLACED, ...ids)),
  ];
}

describe('folding a share', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('puts into its map only the items that an event names, however many there are', () => {
    const events = takenOver(20_000);
    const puts = [jest.spyOn(Map.prototype, 'set'), jest.spyOn(Set.prototype, 'add')];
    const state = fold(share, share.initial, events);
    const made = puts.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    expect(state).toMatchObject({ summary: { counts: { placed: 20_000 } } });
    expect(made / 20_000).toBeLessThan(8);
  });

  it('leaves every earlier state as it was', () => {
    const events = takenOver(3 * ITEMS_PER_EVENT);
    const states = events.map((_, index) => fold(share, share.initial, events.slice(0, index)));
    let state = share.initial;
    const passed = events.map((event) => {
      const before = state;
      state = share.evolve(state, event);
      return before;
    });
    passed.forEach((before, index) => {
      expect(before).toEqual(states[index]);
      if (wasApproved(before)) {
        const alone = states[index];
        expect([...before.contents.items]).toEqual(
          alone && wasApproved(alone) ? [...alone.contents.items] : [],
        );
      }
    });
  });
});
