import { describe, expect, it } from '@jest/globals';
import { type ErasureCommand, type ErasureState, erasure } from '#domain/erasure';
import type { Envelope } from '../command-executor.ts';
import type { Aggregates } from '../core/aggregates.ts';
import type { CommandOutcome } from '../core/command-port.ts';
import { completeErasure } from './erasure.ts';

const COMMAND = '01980000-0000-7000-8000-000000000001';
const command = {
  id: COMMAND,
  type: 'EraseDataSubject',
  data: { erasureId: 'e', key: 'k' },
  actor: { account: 'frost', user: 'ann', roles: ['administrator'] },
  now: '2026-03-01T09:00:00.000Z',
  hash: 'h',
} as Envelope<ErasureCommand>;
const asked = { id: 'e', revision: 0, position: 1, replayed: false } as unknown as CommandOutcome;
const done = { id: 'e', revision: 1, position: 2, replayed: false } as unknown as CommandOutcome;

async function completed(state: ErasureState, sent = command, outcome = asked) {
  const happened: string[] = [];
  const aggregates = { state: async () => state } as unknown as Aggregates;
  const complete = completeErasure(aggregates, {
    destroy: async (key) => void happened.push(`destroy ${key}`),
    droppedEverywhere: async () => void happened.push('wait'),
  });
  const answered = await complete(sent, outcome, async ({ type, id }) => {
    expect(id).not.toBe(COMMAND);
    happened.push(type);
    return done;
  });
  return { happened, answered };
}

describe('an erasure that was asked for', () => {
  const account = 'frost';

  it('is answered once the key is destroyed and that is recorded, in this order', async () => {
    const { happened, answered } = await completed({ status: 'requested', account, key: 'k' });
    expect(happened).toEqual(['destroy k', 'wait', 'CompleteErasure']);
    expect(answered).toEqual(done);
  });

  it('is completed by the repeated command, which says that it is one', async () => {
    const replayed = { ...asked, replayed: true };
    const { happened, answered } = await completed(
      { status: 'requested', account, key: 'k' },
      command,
      replayed,
    );
    expect(happened).toEqual(['destroy k', 'wait', 'CompleteErasure']);
    expect(answered).toEqual({ ...done, replayed: true });
  });

  it('destroys the key again that a backup brought back, and records nothing more', async () => {
    const { happened, answered } = await completed({ status: 'erased', account, key: 'k' });
    expect(happened).toEqual(['destroy k']);
    expect(answered).toEqual(asked);
  });

  it('has nothing to complete where there is none, or when it is completed', async () => {
    expect((await completed(erasure.initial)).happened).toEqual([]);
    const completing = {
      ...command,
      type: 'CompleteErasure',
      data: { erasureId: 'e' },
    } as Envelope<ErasureCommand>;
    expect((await completed({ status: 'erased', account, key: 'k' }, completing)).happened).toEqual([]);
  });
});
