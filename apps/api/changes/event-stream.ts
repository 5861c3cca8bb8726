import { setTimeout as delay } from 'node:timers/promises';
import type { ChangePage, ChangeSelection, Changes } from '#changes';
import { cursorAt } from '#contracts';
import { EventStoreUnavailable, type Position } from '#event-store';
import type { Log } from '#subscriptions';
import { ViewStoreUnavailable } from '#view-store';

/** How many changes are read for one listener at once, and so held in memory for it. */
const PAGE = 50;
const HEARTBEAT_MS = 15_000;
/** For clients that connect again by themselves. */
const RETRY_MS = 1_000;
const AFTER_OUTAGE_MS = 1_000;

export interface EventStreamOptions {
  readonly changes: Pick<Changes, 'read' | 'wait'>;
  readonly selection: ChangeSelection;
  readonly after: Position;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** Whether the listener is still authorised; checked before each page, and with each heartbeat. */
  readonly mayListen: () => Promise<boolean>;
  readonly log: Log;
  readonly heartbeatMs?: number;
}

/**
 * A selection's changes as server-sent events, from a position on: nothing is read before the previous page has been
 * consumed. The id of each event is the cursor after it. Heartbeats have one too, so that a client that reconnects skips
 * changes that do not concern it.
 */
export async function* eventStream({
  changes,
  selection,
  after,
  signal,
  mayListen,
  log,
  heartbeatMs = HEARTBEAT_MS,
}: EventStreamOptions): AsyncGenerator<string> {
  let position = after;
  yield `retry: ${RETRY_MS}\n${idOf(position)}\n\n`;
  let sentAt = performance.now();
  while (!signal.aborted && (await mayListen())) {
    const page = await read(changes, position, selection, log);
    for (const { position: place, change } of page?.items ?? []) {
      if (signal.aborted) return;
      yield `${idOf(place)}\ndata: ${JSON.stringify(change)}\n\n`;
      sentAt = performance.now();
    }
    if (page) position = page.upTo;
    if (page && (page.items.length > 0 || !page.caughtUp)) continue;

    const timeoutMs = Math.max(0, sentAt + heartbeatMs - performance.now());
    if (page) position = await changes.wait(position, selection.of, { timeoutMs, signal });
    else await delay(Math.min(timeoutMs, AFTER_OUTAGE_MS), undefined, { signal }).catch(() => undefined);
    if (!signal.aborted && performance.now() - sentAt >= heartbeatMs) {
      yield `:\n${idOf(position)}\n\n`;
      sentAt = performance.now();
    }
  }
}

/** `undefined` while a store does not answer: the listener stays connected. */
async function read(
  changes: Pick<Changes, 'read'>,
  after: Position,
  selection: ChangeSelection,
  log: Log,
): Promise<ChangePage | undefined> {
  try {
    return await changes.read(after, PAGE, selection);
  } catch (error) {
    if (error instanceof ViewStoreUnavailable || error instanceof EventStoreUnavailable) return undefined;
    log.error({ err: error, after }, 'Changes could not be sent; the listener was disconnected');
    throw error;
  }
}

function idOf(position: Position): string {
  return `id: ${cursorAt(position)}`;
}
