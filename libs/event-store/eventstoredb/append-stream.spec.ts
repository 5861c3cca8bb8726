import { EventEmitter } from 'node:events';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { describe, expect, it } from '@jest/globals';
import { AppendStream, type BatchCall } from './append-stream.ts';

const A_MINUTE = 60_000;

/** A call that takes so many requests at a time, and is answered when the test says so. */
class Call extends EventEmitter {
  readonly written: string[] = [];
  cancelled = false;

  constructor(readonly room = Number.POSITIVE_INFINITY) {
    super();
  }

  write(request: BatchAppendReq): boolean {
    this.written.push(request.getCorrelationId()?.getString() ?? '');
    return this.written.length % this.room !== 0;
  }

  cancel(): void {
    this.cancelled = true;
  }

  answer(id: string): void {
    this.emit('data', new streams.BatchAppendResp().setCorrelationId(new shared.UUID().setString(id)));
  }
}

function begin(call = new Call(), patienceMs = A_MINUTE) {
  const appends = new AppendStream(patienceMs);
  const served = appends.serve(call as unknown as BatchCall);
  const append = (id: string) => {
    const request = new streams.BatchAppendReq().setCorrelationId(new shared.UUID().setString(id));
    return appends.append(request, id);
  };
  return { call, appends, served, append };
}

describe('a stream of appends', () => {
  it('writes what the connection takes, and the rest when it takes more', async () => {
    const { call, append, appends } = begin(new Call(2));
    const appending = ['a', 'b', 'c', 'd'].map(append);
    expect(call.written).toEqual(['a', 'b']);
    appends.abandon('c');
    call.emit('drain');
    expect(call.written).toEqual(['a', 'b', 'd']);
    for (const id of ['d', 'a', 'b']) call.answer(id);
    const answers = await Promise.all([appending[0], appending[1], appending[3]]);
    expect(answers.map((answer) => answer?.getCorrelationId()?.getString())).toEqual(['a', 'b', 'd']);
  });

  it('knows whether the server has probably not reached an append', () => {
    const { call, append, appends } = begin();
    for (const id of ['a', 'b', 'c']) void append(id);
    expect(appends.isQueued('a', A_MINUTE)).toBe(false);
    call.answer('a');
    expect(appends.isQueued('b', A_MINUTE)).toBe(true);
    expect(appends.isQueued('b', 0)).toBe(false);
    call.answer('c');
    expect(appends.isQueued('b', A_MINUTE)).toBe(false);
    appends.abandon('b');
  });

  it('takes no more after one that was not answered in time, and ends when nobody waits', async () => {
    const { call, append, appends, served } = begin(new Call(), 5);
    await expect(append('a')).rejects.toThrow('has not answered within 5 ms');
    expect(appends.usable).toBe(false);
    await served;
    expect(call.cancelled).toBe(true);
    call.answer('a');
  });

  it('rejects all waiting appends when its call fails, and those made before that is known', async () => {
    const { call, append, appends, served } = begin();
    const first = append('a');
    call.emit('error', new Error('broken'));
    expect(appends.usable).toBe(false);
    await expect(served).rejects.toThrow('broken');
    const second = append('b');
    appends.fail(new Error('failed'));
    for (const each of [first, second]) await expect(each).rejects.toThrow('failed');
  });
});
