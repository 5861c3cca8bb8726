import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type Position, START } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { SqliteViewStore } from '#view-store/sqlite';
import {
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
import { MemoryLog } from '../../../../libs/subscriptions/testing/memory-log.ts';
import { noKeys, savedFrom } from '../../testing/backups.ts';
import { happened } from '../../testing/logs.ts';
import { restoreBackup } from '../restore.ts';
import { saving } from './documents.ts';

const views = () => new SqliteViewStore({ path: ':memory:', discarded: () => undefined });

let directory: string;
let log: SqliteEventStore;
let before: SqliteViewStore;
let after: SqliteViewStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tessera-webhooks-'));
  log = await SqliteEventStore.open({ directory });
  [before, after] = [views(), views()];
});
afterEach(async () => {
  await Promise.all([log.close(), before.close(), after.close()]);
  await rm(directory, { recursive: true });
});

const target = (registeredAt: Position, replayAfter: Position): WebhookTarget => ({
  id: 'w',
  account: 'a',
  webhook: {
    ...{ status: 'enabled', webhookId: 'w', account: 'a', settings: { url: 'https://a.example/' } },
    ...{ secrets: [], run: 1, replay: { number: 2, after: replayAfter } },
  } as unknown as WebhookTarget['webhook'],
  registeredAt,
  revision: 0,
});
const order = (position: Position): RequestedDelivery => ({
  ...{ id: 'o', kind: 'test', webhookId: 'w', deliveryId: 'd2', position },
  at: '2026-01-01T00:00:00.000Z',
});
const progress = (cursor: Position, highest: Position): WebhookProgress => ({
  ...{ id: 'w', cursor, highest, replay: 2, run: 1 },
});
const delivery = (id: string, position: Position, status: WebhookDelivery['status']): WebhookDelivery => ({
  ...{ id, webhookId: 'w', account: 'a', position, status, run: 1, replay: 2, attempts: [], failures: 1 },
  change: { id, type: 'customer.added', subject: { kind: 'customer', id: 'c' } },
});

it('have the same progress, at the positions of the other log', async () => {
  // Positions of the one log have gaps, as those of an EventStoreDB have; those of the other count from 0.
  const source = new MemoryLog();
  const places: Position[] = [];
  for (let n = 0; n < 6; n += 1) {
    places.push((await source.append(`thing-${n % 2}`, [happened({ n })], 'any')).position);
  }
  const at = (n: number) => places[n] as Position;
  const between = (n: number) => (at(n) + 1) as Position;
  expect(at(1) - at(0)).toBeGreaterThan(1);
  await before.commit({
    ...{ follower: WEBHOOKS, from: START, to: between(4) },
    writes: [
      saving(webhookTargets, target(at(1), between(2))),
      saving(requestedDeliveries, order(at(3))),
      saving(webhookProgress, progress(between(3), at(5))),
      saving(webhookDeliveries, delivery('open', at(2), 'pending')),
      saving(webhookDeliveries, delivery('over', at(2), 'delivered')),
    ],
  });

  const backup = await savedFrom({ log: source, views: before }, directory);
  const restore = () => restoreBackup({ backup, log, views: after, keys: noKeys(), report: () => undefined });
  await restore();
  // As after an interruption at its end: restored again.
  await restore();

  const [one, two, three, four, five] = [1, 2, 3, 4, 5] as Position[];
  expect(await after.checkpoint(WEBHOOKS)).toBe(four);
  expect(await after.get(webhookTargets, 'w')).toEqual(target(one!, two!));
  expect(await after.get(requestedDeliveries, 'o')).toEqual(order(three!));
  expect(await after.get(webhookProgress, 'w')).toEqual(progress(three!, five!));
  expect(await after.get(webhookDeliveries, 'open')).toEqual(delivery('open', two!, 'pending'));
  expect(await after.get(webhookDeliveries, 'over')).toBeUndefined();
});

it('that were never delivered to leave the deliveries at the start of the log', async () => {
  const backup = await savedFrom({ log, views: before }, directory);
  await restoreBackup({ backup, log, views: after, keys: noKeys(), report: () => undefined });
  expect(await after.checkpoint(WEBHOOKS)).toBe(START);
});
