import type { Position, Revision } from '#event-store';
import type { CollectionDefinition, Document } from '#view-store';

/** An event of a story; its contents are read from the log. */
export interface StoryEvent extends Document {
  /** The event's. */
  readonly id: string;
  /** The correlation id: the same for everything that one request led to. */
  readonly story: string;
  /** The event, or else the command, it follows from. */
  readonly cause: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
}

/** Of one story in the order of the log. */
export const storyEvents: CollectionDefinition<StoryEvent> = {
  name: 'story-events',
  indexes: { 'by-story': ({ story, position }) => [story, position] },
};
