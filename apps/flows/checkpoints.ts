// Times in which events were recorded and none was sealed. They are past, and told to whoever asks for them.
import { toMillis } from '#domain/kernel';
import { type SignedCheckpoint, signedCheckpoints } from '#seal';
import { eventAt } from './find.ts';
import type { Flow } from './flow.ts';
import type { FlowSearch, FlowSources } from './search.ts';

const PAGE = 500;

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
  const { stored } = sources;
  const found: Flow[] = [];
  let before: SignedCheckpoint | undefined;
  let after: string | undefined;
  let count = 0;
  do {
    const page = await stored.find(signedCheckpoints, { index: 'by-size', prefix: [], after, limit: PAGE });
    for (const next of page.items) {
      if (before?.origin === next.origin) {
        const gap = await gapBetween(before, next, sources, olderThan);
        if (gap !== undefined) found.push(gap);
        if (found.length === limit) return found;
      }
      before = next;
    }
    count += page.items.length;
    looked(count);
    after = page.next;
  } while (after !== undefined);
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
