import { fromMillis, type Instant, ITEMS_PER_EVENT, toMillis } from '#domain/kernel';
import type { ViewStore } from '#view-store';
import { webhookDeliveries, webhookProgress } from './deliveries/index.ts';
import { webhookTargets } from './documents.ts';
import { type DeliveryRecorder, removal } from './recorder.ts';

/** How long a delivery is kept after its end. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

export interface RetentionOptions {
  readonly store: ViewStore;
  readonly recorder: DeliveryRecorder;
  /** Aborted when nothing more is to be removed. */
  readonly signal: AbortSignal;
}

/** Removes everything that is stored of a removed webhook; false when it was aborted. */
export async function removeStoredWebhook(
  id: string,
  { store, recorder, signal }: RetentionOptions,
): Promise<boolean> {
  for (;;) {
    const query = { index: 'by-webhook', prefix: [id], limit: ITEMS_PER_EVENT };
    const { items } = await store.find(webhookDeliveries, query);
    if (signal.aborted) return false;
    if (items.length === 0) break;
    await recorder.record(undefined, items.map(removal));
  }
  await recorder.record(undefined, [
    { collection: webhookProgress, id, document: undefined },
    { collection: webhookTargets, id, document: undefined },
  ]);
  return true;
}

/** Removes deliveries that ended long ago. */
export async function removeOldDeliveries(
  now: Instant,
  { store, recorder, signal }: RetentionOptions,
): Promise<void> {
  const to = fromMillis(toMillis(now) - KEPT_MS);
  for (;;) {
    const query = { index: 'by-end', prefix: [], to, limit: ITEMS_PER_EVENT };
    const { items } = await store.find(webhookDeliveries, query);
    if (items.length === 0 || signal.aborted) return;
    await recorder.record(undefined, items.map(removal));
  }
}
