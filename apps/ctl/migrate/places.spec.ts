import { describe, expect, it } from '@jest/globals';
import { eventTypes } from '#contracts';
import { samples } from '../../../test/compatibility/samples.ts';
import { RELOCATIONS } from './places.ts';

describe('events that say where in their log others stand', () => {
  it('are known in every version they were ever stored in', () => {
    const relocated = ['NotificationRead', 'AllNotificationsRead'] as const;
    const names = relocated.flatMap((type) =>
      Array.from({ length: eventTypes.get(type) ?? 0 }, (_, index) => samples.stored(type, index + 1).type),
    );
    expect(Object.keys(RELOCATIONS).toSorted()).toEqual(names.toSorted());
  });
});
