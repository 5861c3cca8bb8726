// Past periods in which events were recorded and none was sealed.
import { toMillis } from '#domain/kernel';
import { type SignedCheckpoint, signedCheckpoints } from '#seal';
import { allPages } from '#view-store';
import { eventAt } from './find.ts';
import type { Flow } from './flow.ts';
import type { FlowSearch, FlowSources } from './search.ts';

/**
 * The first `limit` checkpoints that were signed too long after the first event that they added.
 * @param onProgress called with the number of checkpoints read so far
 */
export async function findGaps(
  sources: FlowSources,
  { olderThan, limit }: FlowSearch,
  onProgress: (checkpoints: number) => void,
): Promise<readonly Flow[]> {
  const found: Flow[] = [];
  let previous: SignedCheckpoint | undefined;
  let count = 0;
  const bySize = { index: 'by-size', prefix: [] };
  for await (const page of allPages(sources.stored, signedCheckpoints, bySize)) {
    for (const next of page) {
      if (previous?.origin === next.origin) {
        const gap = await gapBetween(previous, next, sources, olderThan);
        if (gap !== undefined) found.push(gap);
        if (found.length === limit) return found;
      }
      previous = next;
    }
    count += page.length;
    onProgress(count);
  }
  return found;
}

async function gapBetween(
  previous: SignedCheckpoint,
  next: SignedCheckpoint,
  { stored, log }: FlowSources,
  longest: number,
): Promise<Flow | undefined> {
  const signed = toMillis(next.signedAt);
  // Its first event was recorded after the previous checkpoint was signed, apart from the lag of the sealer.
  if (signed - toMillis(previous.signedAt) <= longest) return undefined;
  const first = await eventAt(stored, log, previous.size);
  const since = first?.metadata.at as Flow['since'] | undefined;
  if (since === undefined || signed - toMillis(since) <= longest) return undefined;
  const reason = `Events ${previous.size + 1} to ${next.size} were not sealed until ${next.signedAt}.`;
  return { kind: 'sealing', state: 'gap', since, reason };
}
