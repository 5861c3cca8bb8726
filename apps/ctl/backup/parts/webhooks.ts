// The cursor of each webhook and its open deliveries, so that receivers are not sent everything again.
import { type Position, START } from '#event-store';
import type { Write } from '#view-store';
import {
  DELIVERY_RECORDER,
  type RequestedDelivery,
  requestedDeliveries,
  WEBHOOKS,
  type WebhookDelivery,
  type WebhookProgress,
  type WebhookTarget,
  webhookDeliveries,
  webhookProgress,
  webhookTargets,
} from '#webhooks';
import { documentsOf, inPages, saving } from './documents.ts';
import type { Part, Places } from './part.ts';

type Saved =
  /** The checkpoint of the follower of webhooks. */
  | { readonly taken: Position }
  | { readonly target: WebhookTarget }
  | { readonly order: RequestedDelivery }
  | { readonly progress: WebhookProgress }
  | { readonly delivery: WebhookDelivery };

export const webhooks: Part = {
  name: 'webhooks',
  read: 'before',
  // In this order, a change in between is delivered twice, with the same id, and never missed.
  async *save({ views }): AsyncGenerator<Saved> {
    if (views === undefined) return;
    const taken = await views.checkpoint(WEBHOOKS);
    // The follower has never run.
    if (taken === START) return;
    yield { taken };
    for await (const target of documentsOf(views, webhookTargets, 'all')) yield { target };
    for await (const order of documentsOf(views, requestedDeliveries, 'in-order')) yield { order };
    for await (const { id } of documentsOf(views, webhookTargets, 'all')) {
      const progress = await views.get(webhookProgress, id);
      if (progress) yield { progress };
    }
    for await (const { id } of documentsOf(views, webhookTargets, 'all')) {
      const pending = documentsOf(views, webhookDeliveries, 'by-status', [id, 'pending']);
      for await (const delivery of pending) yield { delivery };
    }
  },
  positions(record) {
    const positions: Position[] = [];
    placed(record as Saved, (position) => {
      positions.push(position);
      return position;
    });
    return positions;
  },
  async restore(records, { views }, places) {
    let taken = START;
    const writes = async function* (): AsyncGenerator<Write> {
      for await (const record of records as AsyncIterable<Saved>) {
        const saved = placed(record, places);
        if ('taken' in saved) taken = saved.taken;
        else yield writeOf(saved);
      }
    };
    await inPages(writes(), (page) =>
      views.commit({ follower: DELIVERY_RECORDER, from: START, to: START, writes: page }),
    );
    const from = await views.checkpoint(WEBHOOKS);
    if (taken !== from) await views.commit({ follower: WEBHOOKS, from, to: taken, writes: [] });
  },
};

/** The same, with all positions mapped by `places`. */
function placed(saved: Saved, places: Places): Saved {
  if ('taken' in saved) return { taken: places(saved.taken) };
  if ('target' in saved) {
    const { target } = saved;
    const { webhook } = target;
    const replay = 'replay' in webhook ? webhook.replay : undefined;
    const after = replay && places(replay.after as Position);
    return {
      target: {
        ...target,
        ...(replay && after !== undefined && { webhook: { ...webhook, replay: { ...replay, after } } }),
        registeredAt: places(target.registeredAt),
      } as WebhookTarget,
    };
  }
  if ('order' in saved) return { order: { ...saved.order, position: places(saved.order.position) } };
  if ('delivery' in saved) {
    return { delivery: { ...saved.delivery, position: places(saved.delivery.position) } };
  }
  const { cursor, highest } = saved.progress;
  return { progress: { ...saved.progress, cursor: places(cursor), highest: places(highest) } };
}

function writeOf(saved: Exclude<Saved, { taken: Position }>): Write {
  if ('target' in saved) return saving(webhookTargets, saved.target);
  if ('order' in saved) return saving(requestedDeliveries, saved.order);
  if ('progress' in saved) return saving(webhookProgress, saved.progress);
  return saving(webhookDeliveries, saved.delivery);
}
