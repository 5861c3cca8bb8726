import { derivedId } from '#application/core';
import type { ChangePage, ChangeSelection, Changes, ChangeView, PlacedChange } from '#changes';
import { type ChangeType, isChangeType } from '#contracts';
import { backOff, type Log, type Pauses } from '#subscriptions';
import type { ViewStore, Write } from '#view-store';
import type { Channel } from './channel.ts';
import { type WebhookDelivery, webhookDeliveries } from './deliveries/index.ts';
import type { KeptTarget, Receiver } from './receiver.ts';
import { type DeliveryRecorder, save } from './recorder.ts';

const PAGE = 50;
const WAIT_MS = 60_000;
/** How long it waits for room before it checks again. */
const ROOM_MS = 500;
/** How far the stored cursor may lag while there is nothing to deliver. */
const IDLE_POSITIONS = 1_000;

export interface ChangeReaderOptions {
  readonly changes: Changes;
  /** Stores deliveries. */
  readonly store: ViewStore;
  readonly recorder: DeliveryRecorder;
  readonly log: Log;
  readonly pauses: Pauses;
  /** Called when a receiver may have something to send. */
  readonly onReady: (channel: Channel) => void;
}

/** Creates deliveries from the changes that concern the webhooks. */
export class ChangeReader {
  readonly #options: ChangeReaderOptions;

  constructor(options: ChangeReaderOptions) {
    this.#options = options;
  }

  /** Reads the changes of a webhook until the signal is aborted. */
  async read(channel: Channel, signal: AbortSignal): Promise<void> {
    const { changes, log, pauses } = this.#options;
    const { receiver } = channel;
    let failures = 0;
    while (!signal.aborted) {
      try {
        if (!receiver.hasRoom) {
          await Promise.race([receiver.roomAvailable(), pauses.sleep(ROOM_MS, signal)]);
          continue;
        }
        const after = receiver.readTo;
        const of = { account: receiver.target.account };
        const page = await changes.read(after, Math.min(PAGE, receiver.room), selectionFor(receiver.target));
        const known = await this.#known(receiver, page);
        if (signal.aborted) return;
        this.#addDeliveries(channel, page, known);
        failures = 0;
        if (page.items.length > 0 || !page.caughtUp) continue;
        this.#storeIdleCursor(channel);
        const position = await changes.wait(page.upTo, of, { timeoutMs: WAIT_MS, signal });
        if (!signal.aborted) receiver.readTo = position;
      } catch (error) {
        failures += 1;
        const retryInMs = backOff(failures, pauses.random);
        log.warn(
          { webhook: receiver.target.id, err: error, failures, retryInMs },
          'The changes for a webhook could not be read and will be read again',
        );
        await pauses.sleep(retryInMs, signal);
      }
    }
  }

  /** The deliveries that already exist for the changes of a page, by id: after a restart, or in a replay. */
  async #known(receiver: Receiver, page: ChangePage): Promise<ReadonlyMap<string, WebhookDelivery>> {
    const read = page.items.filter(({ position }) => position <= receiver.highest);
    if (read.length === 0) return new Map();
    const ids = read.map(({ change }) => deliveryId(receiver.target.id, change));
    const found = await this.#options.store.getMany(webhookDeliveries, ids);
    return new Map(found.flatMap((delivery) => (delivery ? [[delivery.id, delivery]] : [])));
  }

  #addDeliveries(channel: Channel, page: ChangePage, known: ReadonlyMap<string, WebhookDelivery>): void {
    const { recorder, onReady } = this.#options;
    const { receiver } = channel;
    const held: Write[] = [];
    for (const placed of page.items) {
      const id = deliveryId(receiver.target.id, placed.change);
      const before = known.get(id);
      if (receiver.item(id) || before?.replay === receiver.replay) continue;
      const delivery = newDelivery(receiver, placed, before);
      const item = receiver.add(delivery, { stored: false, content: placed });
      if (!receiver.isHeldBack(item)) continue;
      receiver.markStored(item);
      held.push(save(webhookDeliveries, item.delivery));
    }
    receiver.readTo = page.upTo;
    if (held.length > 0) void recorder.record(channel, held).catch(() => undefined);
    onReady(channel);
  }

  /** Stores the cursor of a webhook without deliveries now and then. */
  #storeIdleCursor(channel: Channel): void {
    const { cursor } = channel.receiver.progress;
    if (cursor - channel.storedCursor < IDLE_POSITIONS) return;
    void this.#options.recorder.record(channel, []).catch(() => undefined);
  }
}

/** The id of the delivery of a change to a webhook: always the same. */
export function deliveryId(webhookId: string, change: Pick<ChangeView, 'id'>): string {
  return derivedId(change.id, 'delivery', webhookId);
}

function newDelivery(
  { target, replay }: Receiver,
  { position, change }: PlacedChange,
  before?: WebhookDelivery,
): WebhookDelivery {
  const { id, account, webhook: state } = target;
  return {
    id: deliveryId(id, change),
    webhookId: id,
    account,
    position,
    change: { id: change.id, type: change.type, subject: change.subject },
    status: 'pending',
    run: state.run,
    replay,
    attempts: before?.attempts ?? [],
    failures: 0,
  };
}

function selectionFor({ account, webhook: { settings } }: KeptTarget): ChangeSelection {
  const types = settings.types?.filter(isChangeType);
  return { of: { account }, ...(types && { types: new Set<ChangeType>(types) }) };
}
