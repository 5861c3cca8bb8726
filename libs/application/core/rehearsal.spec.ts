import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventTooLarge, MAX_EVENT_BYTES, type Revision, WrongExpectedRevision } from '#event-store';
import { MemoryLog } from '../../subscriptions/testing/memory-log.ts';
import { newId } from './ids.ts';
import { RehearsedLog } from './rehearsal.ts';

const event = (type: string, data = {}) => ({ id: newId(), type, data, metadata: {} });

describe('what is rehearsed', () => {
  let log: MemoryLog;
  let rehearsed: RehearsedLog;

  beforeEach(async () => {
    log = new MemoryLog();
    await log.append('share-a', [event('One'), event('Two')], 'none');
    rehearsed = new RehearsedLog(log);
    await rehearsed.append('share-a', [event('Three'), event('Four')], 1 as Revision);
  });

  const typesOf = async (options = {}, of: Pick<RehearsedLog, 'readStream'> = rehearsed) =>
    (await of.readStream('share-a', options)).map(({ type, revision }) => `${type} ${revision}`);

  it('is read behind what is in the log, in pages and from the end, and is not in the log', async () => {
    expect(await typesOf()).toEqual(['One 0', 'Two 1', 'Three 2', 'Four 3']);
    expect(await typesOf({ limit: 3 })).toEqual(['One 0', 'Two 1', 'Three 2']);
    expect(await typesOf({ from: 3, limit: 3 })).toEqual(['Four 3']);
    expect(await typesOf({ direction: 'backwards', limit: 3 })).toEqual(['Four 3', 'Three 2', 'Two 1']);
    expect(await typesOf({ direction: 'backwards', limit: 1 })).toEqual(['Four 3']);
    expect(await typesOf({ direction: 'backwards', from: 2 })).toEqual(['Three 2', 'Two 1', 'One 0']);
    expect(await typesOf({ direction: 'backwards', from: 0 })).toEqual(['One 0']);
    expect(await typesOf({}, log)).toEqual(['One 0', 'Two 1']);
    expect(await rehearsed.head()).toBe(await log.head());
  });

  it('is refused as an append would be', async () => {
    await expect(rehearsed.append('share-a', [event('Five')], 1 as Revision)).rejects.toThrow(
      WrongExpectedRevision,
    );
    await expect(rehearsed.append('share-a', [event('Five')], 'none')).rejects.toThrow(WrongExpectedRevision);
    const large = event('Five', { text: 'x'.repeat(MAX_EVENT_BYTES) });
    await expect(rehearsed.append('share-a', [large], 'any')).rejects.toThrow(EventTooLarge);
    expect(rehearsed.rehearsed).toHaveLength(2);
  });

  it('hides what others append behind its back', async () => {
    await log.append('share-a', [event('Theirs')], 1 as Revision);
    expect(await typesOf()).toEqual(['One 0', 'Two 1', 'Three 2', 'Four 3']);
    expect(await typesOf({ direction: 'backwards' })).toEqual(['Four 3', 'Three 2', 'Two 1', 'One 0']);
  });
});
