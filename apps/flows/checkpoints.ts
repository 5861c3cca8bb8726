// Times in which events were recorded and none was sealed. They are past, and told to whoever asks for them.
import { toMillis } from '#domain/kernel';
import { type SignedCheckpoint, signedCheckpoints } from '#seal';
import { allPages } from '#view-store';
import { eventAt } from './find.ts';
import type { Flow } from './flow.ts';
import type { FlowSearch, FlowSources } from './search.ts';

/**
 * Checkpoints that were signed too long after the first event that they seal and the one before does not; the first
 * `limit` of them.
 * @param looked is told how many checkpoints have been gone through
 */
export async function findGaps(
  sources: FlowSources,
  { olderThan, limit }: FlowSearch,
  looked: (checkpoints: number) => void,
): Promise<readonly Flow[]> {
  const found: Flow[] = [];
  let before: SignedCheckpoint | undefined;
  let count = 0;
  const bySize = { index: 'by-size', prefix: [] };
  for await (const page of allPages(sources.stored, signedCheckpoints, bySize)) {
    for (const next of page) {
      if (before?.origin === next.origin) {
        const gap = await gapBetween(before, next, sources, olderThan);
        if (gap !== undefined) found.push(gap);
        if (found.length === limit) return found;
      }
      before = next;
    }
    count += page.length;
    looked(count);
  }
  return found;
}

async function gapBetween(
  before: SignedCheckpoint,
  next: SignedCheckpoint,
  { stored, log }: FlowSources,
  longest: number,
): Promise<Flow | undefined> {
  const signed = toMillis(next.signedAt);
  // What it seals first was recorded after the one before was signed, but for the moments that sealing is behind.
  if (signed - toMillis(before.signedAt) <= longest) return undefined;
  const first = await eventAt(stored, log, before.size);
  const since = first?.metadata.at as Flow['since'] | undefined;
  if (since === undefined || signed - toMillis(since) <= longest) return undefined;
  const reason = `Events ${before.size + 1} to ${next.size} were not sealed until ${next.signedAt}.`;
  return { kind: 'sealing', state: 'gap', since, reason };
}
