import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromMillis, toMillis } from '#domain/kernel';
import type { Position } from '#event-store';
import { afterAttempt, nextAttempt, restart, TRIED_FOR_MS, type WebhookDelivery } from './index.ts';

const first = '2026-03-01T09:00:00.000Z';
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the attempts of a delivery', () => {
  it('come at growing pauses, few of them, and the last one a day after the first', () => {
    fc.assert(
      fc.property(fc.infiniteStream(chance), fc.integer({ min: 0, max: 20_000 }), (chances, tookMs) => {
        const times = [toMillis(first)];
        for (;;) {
          const now = fromMillis((times.at(-1) as number) + tookMs);
          const next = nextAttempt(first, times.length, now, chances.next().value as number);
          if (next === undefined) break;
          expect(next > now).toBe(true);
          times.push(toMillis(next));
        }
        expect(times.at(-1)).toBe(toMillis(first) + TRIED_FOR_MS);
        expect(times.length).toBeLessThan(20);
        expect(times.length).toBeGreaterThan(9);
      }),
    );
  });

  it('wait for what the receiver asks for, for an hour at most', () => {
    expect(nextAttempt(first, 1, first, 0, 60_000)).toBe(fromMillis(toMillis(first) + 60_000));
    expect(nextAttempt(first, 1, first, 0, 86_400_000)).toBe(fromMillis(toMillis(first) + 3_600_000));
  });
});

describe('a delivery', () => {
  const delivery: WebhookDelivery = {
    id: 'd',
    webhookId: 'w',
    account: 'a',
    position: 7 as Position,
    change: { id: 'c', type: 'share.requested', subject: { kind: 'share', id: 's' } },
    status: 'pending',
    run: 1,
    replay: 0,
    attempts: [],
    failures: 0,
  };
  const later = (ms: number) => ({ now: fromMillis(toMillis(first) + ms), random: 0 });
  const failed = { at: first, durationMs: 3, responseStatus: 503 };

  it('is delivered by an answer of 2xx, and by no other', () => {
    for (const [responseStatus, status] of [
      [200, 'delivered'],
      [299, 'delivered'],
      [302, 'pending'],
      [404, 'pending'],
      [500, 'pending'],
    ] as const) {
      expect(afterAttempt(delivery, { ...failed, responseStatus }, later(3)).status).toBe(status);
    }
  });

  it('is tried for a day, then it has failed', () => {
    const once = afterAttempt(delivery, failed, later(3));
    expect(once).toMatchObject({ status: 'pending', failures: 1, firstAttemptAt: first });
    expect(once.nextAttemptAt).toBe(later(5_003).now);
    const last = afterAttempt(once, { ...failed, at: later(TRIED_FOR_MS).now }, later(TRIED_FOR_MS));
    expect(last).toMatchObject({ status: 'failed', failures: 2, endedAt: later(TRIED_FOR_MS).now });
    expect(last).not.toHaveProperty('nextAttemptAt');
  });

  it('that is tried once has failed at once', () => {
    expect(afterAttempt({ ...delivery, once: true }, failed, later(3)).status).toBe('failed');
  });

  it('begins again in another run, and keeps its log', () => {
    const again = restart(afterAttempt(delivery, failed, later(3)), 2);
    expect(again).toMatchObject({ status: 'pending', run: 2, failures: 0, attempts: [failed] });
    expect(again).not.toHaveProperty('firstAttemptAt');
    expect(again).not.toHaveProperty('nextAttemptAt');
  });
});
