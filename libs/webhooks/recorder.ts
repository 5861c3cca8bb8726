import { ITEMS_PER_EVENT } from '#domain/kernel';
import { START } from '#event-store';
import { backOff, type Log, type Pauses } from '#subscriptions';
import {
  type CollectionDefinition,
  type Document,
  OwnershipLost,
  type ViewStore,
  type Write,
} from '#view-store';
import type { Channel } from './channel.ts';
import { type WebhookDelivery, webhookDeliveries, webhookProgress } from './deliveries/index.ts';

export interface RecorderOptions {
  /** The follower under whose name it commits. */
  readonly name: string;
  readonly store: ViewStore;
  readonly log: Log;
  readonly pauses: Pauses;
  readonly term: number | undefined;
  /** Aborted when nothing more is to be stored. */
  readonly signal: AbortSignal;
  /** Called when another owner has taken over. */
  readonly lost: () => void;
}

interface Waiting {
  readonly channel: Channel | undefined;
  readonly writes: readonly Write[];
  readonly settle: PromiseWithResolvers<void>;
}

/** Stores the results of deliveries together with the progress of their webhooks: one commit at a time. */
export class DeliveryRecorder {
  readonly #options: RecorderOptions;
  readonly #waiting: Waiting[] = [];
  #recording = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Resolves when the documents are stored, with the progress of the webhook at that time. */
  record(channel: Channel | undefined, writes: readonly Write[]): Promise<void> {
    const settle = Promise.withResolvers<void>();
    this.#waiting.push({ channel, writes, settle });
    void this.#flush();
    return settle.promise;
  }

  async #flush(): Promise<void> {
    if (this.#recording) return;
    this.#recording = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, ITEMS_PER_EVENT);
      const channels = [...new Set(batch.flatMap(({ channel }) => channel ?? []))];
      const progress = channels.map(({ receiver }) => receiver.progress);
      // Of several records of one document the last counts.
      const writes = new Map(
        [...batch.flatMap(({ writes }) => writes), ...progress.map((of) => save(webhookProgress, of))].map(
          (write) => [`${write.collection.name}/${write.id}`, write],
        ),
      );
      try {
        await this.#commit([...writes.values()]);
        for (const [index, channel] of channels.entries())
          channel.storedCursor = progress[index]?.cursor ?? START;
        for (const { settle } of batch) settle.resolve();
      } catch (error) {
        for (const { settle } of batch) settle.reject(error);
      }
    }
    this.#recording = false;
  }

  /** Retries until it is stored: later work relies on it. */
  async #commit(writes: readonly Write[]): Promise<void> {
    const { name, store, term, log, pauses, signal, lost } = this.#options;
    for (let failures = 1; ; failures += 1) {
      try {
        await store.commit({ follower: name, from: START, to: START, writes, term });
        return;
      } catch (error) {
        if (error instanceof OwnershipLost) lost();
        if (error instanceof OwnershipLost || signal.aborted) throw error;
        const retryInMs = backOff(failures, pauses.random);
        log.warn({ err: error, failures, retryInMs }, 'Deliveries of webhooks could not be recorded yet');
        await pauses.sleep(retryInMs, signal);
      }
    }
  }
}

export function save<D extends Document>(collection: CollectionDefinition<D>, document: D): Write {
  return { collection, id: document.id, document };
}

export function removal({ id }: WebhookDelivery): Write {
  return { collection: webhookDeliveries, id, document: undefined };
}
