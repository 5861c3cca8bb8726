import type { Instant } from '#domain/kernel';
import type { ShareEvent } from './events.ts';
import { isFullyProcessed } from './query.ts';
import type { ApprovedShare } from './state.ts';
import { evolveSummary, type ShareSummary } from './summary.ts';

/** The share as it will read once `events` are recorded. */
export function summaryAfter(events: readonly ShareEvent[], given: ApprovedShare): ShareSummary {
  return events.reduce<ShareSummary>(evolveSummary, given.summary);
}

/** The events, followed by `ShareProcessed` when they leave nothing to be decided on or imported (R-S9). */
export function withProcessed(events: ShareEvent[], given: ApprovedShare, now: Instant): ShareEvent[] {
  if (events.length === 0 || !isFullyProcessed(summaryAfter(events, given))) return events;
  const { shareId } = given.summary;
  return [...events, { type: 'ShareProcessed', data: { shareId, processedAt: now } }];
}
