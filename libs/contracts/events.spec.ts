import { describe, expect, it } from '@jest/globals';
import type { JsonObject, RecordedEvent } from '#event-store';
import { sample, samples } from '../../test/compatibility/samples.ts';
import { deserialise, serialise } from './events.ts';

describe('items withdrawn because their grant was refused', () => {
  const former = samples.stored('ShareItemsWithdrawn', 1);
  const { shareId } = former.data as { shareId: string };
  const causeToday = (cause: JsonObject) => {
    const recorded: RecordedEvent = { ...former, data: { ...former.data, cause } };
    return (deserialise(recorded).data as unknown as { cause: unknown }).cause;
  };

  it('are a cascade from the share itself in the first version, and are converted to name the rule', () => {
    const cause = { kind: 'cascade', account: 'provider', shareId, reason: 'already-shared' };
    expect(causeToday(cause)).toStrictEqual({ kind: 'refused', code: 'already-shared' });
  });

  it.each([
    { kind: 'cascade', account: 'root', shareId: 'another', reason: 'already-shared' },
    { kind: 'revoked', account: 'provider', shareId, reason: 'already-shared' },
    { kind: 'cascade', account: 'root', shareId, reason: 'Moved away' },
    { kind: 'returned', account: 'requester', shareId, reason: 'No longer needed' },
  ])('are not mistaken for what ended otherwise: %j', (cause) => {
    expect(causeToday(cause)).toStrictEqual(cause);
  });

  it('are stored with the rule', () => {
    const { type, data } = sample('ShareItemsWithdrawn');
    const cause = { kind: 'refused', code: 'not-yours' } as const;
    expect(serialise({ type, data: { ...data, cause } })).toMatchObject({
      type: 'ShareItemsWithdrawn.v2',
      schemaVersion: 2,
      data: { cause },
    });
  });
});

describe('the moment of a grant', () => {
  const former = samples.stored('InstallationAccessGranted', 1);
  const grantedAt = '2026-03-05T09:30:00.987Z';
  const grantOf = (event: RecordedEvent) => {
    const grant = { ...(event.data.grant as JsonObject), grantedAt };
    return (deserialise({ ...event, data: { ...event.data, grant } }).data as JsonObject).grant;
  };

  it('is the beginning of its second in the first version, as its share stored it', () => {
    expect(grantOf(former)).toStrictEqual({
      ...(former.data.grant as JsonObject),
      grantedAt: '2026-03-05T09:30:00.000Z',
    });
  });

  it('is exact today', () => {
    expect(grantOf(samples.stored('InstallationAccessGranted', 2))).toMatchObject({ grantedAt });
  });
});
