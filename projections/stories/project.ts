// Which events one request led to, in every stream, and which event caused which.
import { changesState, changeTypes, type TesseraEvent } from '#contracts';
import { change } from '#subscriptions';
import { defineProjection, onEach } from '../define.ts';
import { type StoryEvent, storyEvents } from './document.ts';

const types = (Object.keys(changeTypes) as TesseraEvent['type'][]).filter((type) => changesState({ type }));

export const storiesProjection = defineProjection({
  name: 'stories',
  version: 2,
  collections: [storyEvents],
  gatherMs: 1_000,
  on: onEach(types, ({ id, stream, revision, position, metadata }) => {
    const event: StoryEvent = {
      id,
      story: metadata.$correlationId,
      cause: metadata.$causationId,
      stream,
      revision,
      position,
    };
    return [change(storyEvents, id, () => event)];
  }),
});
