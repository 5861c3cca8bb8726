import { describe, expect, it } from '@jest/globals';
import { eventTypes, type TesseraEvent } from '#contracts';
import { recorder, Views } from '../testing.ts';
import { storiesProjection, storyEvents } from './index.ts';

describe('a story', () => {
  const record = recorder();
  const cancelled = (shareId: string): TesseraEvent => {
    const data = { shareId, cause: 'requester', cancelledAt: '2026-03-01T09:00:00.000Z' } as const;
    return { type: 'ShareCancelled', data };
  };
  const asked = record('share-s', cancelled('s'), { correlation: 'one' });
  const other = record('share-t', cancelled('t'), { correlation: 'two' });
  const ended = record('share-u', cancelled('u'), { correlation: 'one' });

  it('has the events of one request in every stream, in the order of the log', () => {
    const views = new Views(storiesProjection).apply(ended, other, asked);
    expect(views.find(storyEvents, 'by-story', ['one'])).toEqual([asked.id, ended.id]);
    expect(views.get(storyEvents, ended.id)).toEqual({
      id: ended.id,
      story: 'one',
      cause: ended.metadata.$causationId,
      stream: 'share-u',
      revision: 0,
      position: ended.position,
    });
  });

  it('has each event once, however often it is delivered', () => {
    const views = new Views(storiesProjection).apply(asked, ended, asked);
    expect(views.find(storyEvents, 'by-story', ['one'])).toEqual([asked.id, ended.id]);
  });

  it('has every event that changed something', () => {
    const handled = new Set<string>(storiesProjection.handles);
    expect([...eventTypes.keys()].filter((type) => !handled.has(type))).toEqual(['CommandHadNoEffect']);
  });
});
