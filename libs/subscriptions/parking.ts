import type { Instant } from '#domain/kernel';
import type { Position, RecordedEvent, Revision } from '#event-store';
import type { CollectionDefinition, Document, ViewReader, Write } from '#view-store';

/** A stream that a follower has parked because one of its events could not be handled. */
export interface ParkedStream extends Document {
  readonly follower: string;
  readonly stream: string;
  /** The event that could not be handled. The stream's later events wait behind it. */
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly revision: Revision;
    readonly position: Position;
  };
  readonly reason: string;
  /** The number of attempts. */
  readonly attempts: number;
  readonly parkedAt: Instant;
  /** The number of later events of the stream that wait. */
  readonly waiting: number;
}

export const parkedStreams: CollectionDefinition<ParkedStream> = {
  name: 'parked-events',
  indexes: {
    byFollower: ({ follower, event }) => [follower, event.position],
    byStream: ({ stream, follower }) => [stream, follower],
  },
};

/** The document of an event that has just failed for the last time. */
export function park(
  follower: string,
  event: RecordedEvent,
  failure: { readonly reason: string; readonly attempts: number; readonly at: Instant },
): ParkedStream {
  return {
    id: `${follower}/${event.stream}`,
    follower,
    stream: event.stream,
    event: parkedEvent(event),
    reason: failure.reason,
    attempts: failure.attempts,
    parkedAt: failure.at,
    waiting: 0,
  };
}

/** The parked stream after its first event was handled or skipped: it is parked on `next` from then on. */
export function advancedTo(parked: ParkedStream, next: RecordedEvent): ParkedStream {
  return { ...parked, event: parkedEvent(next), attempts: 0, waiting: parked.waiting - 1 };
}

function parkedEvent({ id, type, revision, position }: RecordedEvent): ParkedStream['event'] {
  return { id, type, revision, position };
}

export function saveParked(parked: ParkedStream): Write {
  return { collection: parkedStreams, id: parked.id, document: parked };
}

export function removeParked(parked: ParkedStream): Write {
  return { collection: parkedStreams, id: parked.id, document: undefined };
}

/** Every stream the follower has parked, the longest parked first. */
export async function listParked(views: ViewReader, follower: string): Promise<readonly ParkedStream[]> {
  const parked: ParkedStream[] = [];
  let after: string | undefined;
  do {
    const page = await views.find(parkedStreams, {
      index: 'byFollower',
      prefix: [follower],
      after,
      limit: 500,
    });
    parked.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  return parked;
}
