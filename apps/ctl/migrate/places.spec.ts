import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { samples } from '../../../test/compatibility/samples.ts';
import { RELOCATIONS } from './places.ts';

describe('events with positions of other events in their data', () => {
  it('are known in every stored version', () => {
    const relocated = ['NotificationRead', 'AllNotificationsRead'] as const;
    const names = relocated.flatMap((type) =>
      Array.from({ length: eventTypes.get(type) ?? 0 }, (_, index) => samples.stored(type, index + 1).type),
    );
    expect(Object.keys(RELOCATIONS).toSorted()).toEqual(names.toSorted());
  });
});
