import { describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { ViewQuery } from '#application';
import type { EventReader, Position } from '#event-store';
import type { ViewReader } from '#view-store';
import { consistencyToken } from './consistency.ts';
import type { Exchange } from './exchange.ts';
import { Reads } from './reads.ts';

class Asked extends ViewQuery<unknown> {
  constructor(readonly reads: readonly string[]) {
    super({ account: 'us', user: 'someone', roles: ['administrator'] });
  }
}

/** Views at fixed positions. */
function reading(checkpoints: Readonly<Record<string, number>>, answer: unknown = 'an answer') {
  const waits: number[] = [];
  const views = {
    checkpoint: async (name: string) => checkpoints[name],
    waitFor: async (name: string, position: Position, timeoutMs: number) => {
      waits.push(timeoutMs);
      return (checkpoints[name] ?? 0) >= position;
    },
  } as unknown as ViewReader;
  const log = { head: async () => 99 } as unknown as EventReader;
  const bus = { execute: async () => answer } as unknown as QueryBus;
  return { reads: new Reads(bus, views, log), waits };
}

function exchange(headers: Readonly<Record<string, string>> = {}) {
  const replied: Record<string, string> = {};
  const reply = { header: (name: string, value: string) => Object.assign(replied, { [name]: value }) };
  return { http: { request: { headers }, reply } as unknown as Exchange, replied };
}

const token = (position: number) => consistencyToken(position as Position);

describe('a read', () => {
  it('has the position of the oldest of its views', async () => {
    const { reads } = reading({ shares: 70, accounts: 30 });
    const { http, replied } = exchange();
    expect(await reads.answer(http, new Asked(['shares', 'accounts']))).toBe('an answer');
    expect(replied).toEqual({ 'consistency-token': token(30) });
  });

  it('of the log itself has the position of the log', async () => {
    const { http, replied } = exchange();
    await reading({}).reads.answer(http, new Asked([]));
    expect(replied).toEqual({ 'consistency-token': token(99) });
  });

  it('of a single resource has its revision as ETag', async () => {
    const { http, replied } = exchange();
    await reading({ shares: 1 }, { id: 'x', revision: 7 }).reads.answer(http, new Asked(['shares']));
    expect(replied.etag).toBe('"7"');
  });

  it('waits for its views as long as required', async () => {
    const { reads, waits } = reading({ shares: 70 });
    const { http } = exchange({ 'consistency-token': token(70), prefer: 'wait=7' });
    await reads.answer(http, new Asked(['shares']));
    expect(waits).toEqual([7_000]);
  });

  it.each([
    ['the write the caller names', { 'consistency-token': token(71) }, undefined],
    ['the write it has just made', {}, 71 as Position],
  ])('is refused for a while where its views are behind %s', async (_, headers, after) => {
    const { reads } = reading({ shares: 70 });
    const { http } = exchange(headers);
    await expect(reads.answer(http, new Asked(['shares']), after)).rejects.toMatchObject({
      status: 503,
      code: 'view-behind',
      extra: { retryAfterSeconds: 1 },
    });
  });

  it('is refused for a token that was never issued', async () => {
    const { http } = exchange({ 'consistency-token': 'made up' });
    await expect(reading({ shares: 1 }).reads.answer(http, new Asked(['shares']))).rejects.toMatchObject({
      status: 400,
      code: 'invalid-consistency-token',
    });
  });
});
