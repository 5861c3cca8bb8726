import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { LoggedEvents } from '#changes';
import { type Actor, notFound } from '#domain/kernel';
import type { EventReader } from '#event-store';
import { type StoryEvent, storiesProjection, storyEvents } from '#projections/stories';
import { pageTokenAfter, type ViewReader } from '#view-store';
import { FIRST_PAGE, limitAfter, weightOf } from '../core/stream-pages.ts';
import { EVENT_STORE, VIEWS } from '../ports.ts';
import { type AuditEntry, entriesOf, type Seen } from './audit-entries.ts';
import { AuditReaders } from './audit-readers.ts';
import { isFullAfter } from './audit-trail.ts';
import { type PageOf, type PageRequest, ViewQuery } from './view-query.ts';

/** How long the view may take to catch up with the log. */
const WAIT_MS = 2_000;

/** More than any chain of causes has. */
const MAX_CAUSES = 100;

/** Everything that one request led to, in every stream, in the order of the log; each item names its `cause`. */
export interface AuditStory extends PageOf<AuditEntry> {
  /** The event of the query. */
  readonly event: AuditEntry;
  /** The events that caused it, the first event of the request first; only on the first page. */
  readonly causes?: readonly AuditEntry[];
}

export class GetStory extends ViewQuery<AuditStory> {
  readonly reads = [storiesProjection.name];

  constructor(
    caller: Actor,
    /** Any of the story. */
    readonly eventId: string,
    readonly page: PageRequest,
  ) {
    super(caller);
  }
}

@QueryHandler(GetStory)
export class GetStoryHandler implements IQueryHandler<GetStory, AuditStory> {
  constructor(
    @Inject(EVENT_STORE) readonly log: EventReader,
    @Inject(VIEWS) readonly views: ViewReader,
  ) {}

  /** @throws Refusal `not-found`: there is no such event, or none that the caller may read */
  async execute({ caller, eventId, page }: GetStory): Promise<AuditStory> {
    await this.views.waitFor(storiesProjection.name, await this.log.head(), WAIT_MS);
    const reading = new Reading(this.log, new AuditReaders(this, caller));
    const start = await this.views.get(storyEvents, eventId);
    const [event] = start ? await reading.seen([start]) : [];
    if (start === undefined || event === undefined) throw notFound('event');
    const isFirst = page.pageToken === undefined;
    const causes = isFirst ? (await reading.seen(await this.causesOf(start))).filter(isSeen) : undefined;
    const { seen, next } = await this.part(reading, start.story, page);
    const [entry, ...others] = await entriesOf(this.views, [event, ...(causes ?? []), ...seen]);
    return {
      event: entry as AuditEntry,
      causes: causes && others.slice(0, causes.length),
      items: others.slice(causes?.length ?? 0),
      nextPageToken: next,
    };
  }

  /** The chain of causes of the event within its story, the first one first. */
  private async causesOf(event: StoryEvent): Promise<StoryEvent[]> {
    const causes: StoryEvent[] = [];
    let cause = await this.views.get(storyEvents, event.cause);
    while (cause !== undefined && causes.length < MAX_CAUSES) {
      causes.unshift(cause);
      cause = await this.views.get(storyEvents, cause.cause);
    }
    return causes;
  }

  /** A page of what the caller may see: short, or empty, where much of the story is hidden or large. */
  private async part(
    reading: Reading,
    story: string,
    { pageSize, pageToken }: PageRequest,
  ): Promise<{ readonly seen: readonly Seen[]; readonly next?: string }> {
    const seen: Seen[] = [];
    const isFull = isFullAfter(pageSize);
    let after = pageToken;
    for (let limit = FIRST_PAGE; ; ) {
      const found = await this.views.find(storyEvents, { index: 'by-story', prefix: [story], after, limit });
      const events = await reading.events.at(found.items);
      const shown = await reading.seen(found.items);
      for (const [index, row] of found.items.entries()) {
        const event = events[index];
        if (event === undefined || isFull(seen.length, weightOf(event))) return { seen, next: after };
        after = pageTokenAfter(storyEvents, 'by-story', row);
        const one = shown[index];
        if (one) seen.push(one);
      }
      if (found.next === undefined) return { seen };
      limit = limitAfter(events);
    }
  }
}

/** Events of the log as one caller may see them, each read once. */
class Reading {
  readonly events: LoggedEvents;

  constructor(
    log: EventReader,
    private readonly readers: AuditReaders,
  ) {
    this.events = new LoggedEvents(log);
  }

  /** In the order of the places; `undefined` where the caller may not see the event. */
  async seen(places: readonly StoryEvent[]): Promise<readonly (Seen | undefined)[]> {
    const events = await this.events.at(places);
    return Promise.all(events.map((event) => this.readers.seen(event)));
  }
}

function isSeen(seen: Seen | undefined): seen is Seen {
  return seen !== undefined;
}
