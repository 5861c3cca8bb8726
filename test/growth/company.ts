import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { applicationModule } from '#application';
import { deserialise } from '#contracts';
import { type EventStore, type Position, START } from '#event-store';
import { newSignerKey } from '#evidence';
import { projections } from '#projections';
import { parseSealingKeys, SEAL, Sealer } from '#seal';
import { ProjectionEngine, ProjectionViews } from '#subscriptions';
import type { Write } from '#view-store';
import { SqliteViewStore } from '#view-store/sqlite';
import { type WebhookDelivery, webhookDeliveries } from '#webhooks/deliveries';
import { MemoryLog } from '../../libs/subscriptions/testing/memory-log.ts';
import { Counting, countedLog, countedViews } from './counting.ts';
import { BIG, historyOf, idOf, NOW, STORY } from './history.ts';

const WAIT_MS = 600_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The company's queries on views of its whole history, and a count of what they look at. */
export interface GrownCompany {
  readonly queries: QueryBus;
  readonly log: EventStore;
  readonly counting: Counting;
  /** The id of an event in the middle of the log, which is sealed. */
  readonly sealedEvent: string;
  /** The id of an event of a long story. */
  readonly storyEvent: string;
  close(): Promise<void>;
}

/** What the first webhook was told; all of it failed. */
function deliveriesOf(size: number): Write[] {
  return Array.from({ length: size }, (_, n) => {
    const document: WebhookDelivery = {
      id: idOf('delivery', n),
      webhookId: idOf('webhook', 0),
      account: BIG,
      position: n as Position,
      change: { id: idOf('change', n), type: 'share.requested', subject: { kind: 'share', id: 's' } },
      status: 'failed',
      run: 1,
      replay: 0,
      attempts: [],
      failures: 1,
      endedAt: NOW,
    };
    return { collection: webhookDeliveries, id: document.id, document };
  });
}

/** @param size how many there are of each thing that a list or an answer is of */
export async function growCompany(size: number): Promise<GrownCompany> {
  const history = historyOf(size);
  const log = new MemoryLog(history);
  const store = new SqliteViewStore({ path: ':memory:', discarded: () => undefined });
  const clock = { now: () => NOW };
  const engine = new ProjectionEngine({
    reader: log,
    views: store,
    projections,
    deserialise,
    clock,
    log: silent,
  });
  engine.start();
  const views = new ProjectionViews(store, projections);
  const head = await log.head();
  for (const { name } of projections) {
    if (!(await views.waitFor(name, head, WAIT_MS)))
      throw new Error(`The view ${name} was not built in time.`);
  }
  const keys = parseSealingKeys(newSignerKey('grown'));
  const sealer = new Sealer({ reader: log, views: store, keys, intervalMs: 1_000, clock, log: silent });
  await sealer.start();
  await store.waitFor(SEAL, head, WAIT_MS);
  await sealer.stop();
  await store.commit({ follower: 'deliveries', from: START, to: START, writes: deliveriesOf(size) });
  const counting = new Counting();
  const counted = countedLog(log, counting);
  const application = await NestFactory.createApplicationContext(
    applicationModule({
      eventStore: counted,
      views: countedViews(views, counting),
      clock,
      revocationWindow: { kind: 'window', milliseconds: 72 * 60 * 60 * 1000, from: 'placed' },
      tokenKey: new Uint8Array(32),
    }),
    { logger: false },
  );
  return {
    queries: application.get(QueryBus),
    log: counted,
    counting,
    storyEvent: history.find(({ metadata }) => metadata.$correlationId === STORY)?.id ?? '',
    sealedEvent: history[history.length >> 1]?.id ?? '',
    close: async () => {
      await application.close();
      await engine.stop();
      await views.close();
      await log.close();
    },
  };
}
