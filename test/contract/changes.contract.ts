import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ChangeFeed, type ChangeScope, type Changes, type ChangeView } from '#changes';
import { deserialise } from '#contracts';
import { EventStoreUnavailable, type JsonObject, type Position, START } from '#event-store';
import { accountsProjection } from '#projections/accounts';
import { changesProjection } from '#projections/changes';
import { ProjectionEngine, ProjectionViews } from '#subscriptions';
import { type ViewReader, type ViewStore, ViewStoreUnavailable } from '#view-store';
import { MemoryLog } from '../../libs/subscriptions/testing/memory-log.ts';

/** A view store with some who only read it. */
export interface SharedViews {
  readonly store: ViewStore;
  readonly readers: readonly [ViewReader, ...ViewReader[]];
  readonly close: () => Promise<void>;
}

const PROJECTIONS = [accountsProjection, changesProjection];
const AT = '2026-03-01T09:00:00.000Z';
const PATIENCE_MS = 30_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const address = { street: 'Quay 1', city: 'Ghent' };

/** Something that happens: to a customer of one of the accounts, or to a share between the two. */
interface Happening {
  readonly what: 'customer of a' | 'customer of b' | 'share' | 'nothing';
  readonly pauseMs: number;
}

/** What becomes of those who make the view, after so many happenings. */
interface Trouble {
  readonly after: number;
  readonly kind: 'rebuild' | 'another worker';
}

/** How somebody listens: how much at once, for how long, and after how many changes the line is cut. */
interface Habit {
  readonly limit: number;
  readonly waitMs: number;
  readonly cutAfter: number;
  readonly at: number;
}

const happenings = fc.array(
  fc.record<Happening>({
    what: fc.constantFrom('customer of a', 'customer of b', 'share', 'nothing'),
    pauseMs: fc.constantFrom(0, 0, 0, 1, 3),
  }),
  { minLength: 1, maxLength: 60 },
);
const troubles = fc.array(
  fc.record<Trouble>({ after: fc.nat(60), kind: fc.constantFrom('rebuild', 'another worker') }),
  { maxLength: 4 },
);
const habits = fc.array(
  fc.record<Habit>({
    limit: fc.integer({ min: 1, max: 9 }),
    waitMs: fc.nat(15),
    cutAfter: fc.integer({ min: 1, max: 10 }),
    at: fc.nat(7),
  }),
  { minLength: 1, maxLength: 10 },
);

/** What those who follow changes may rely on, whichever store keeps the views. */
export function changesContract(name: string, open: () => Promise<SharedViews>): void {
  describe(`changes by views in ${name}`, () => {
    it('reach everyone they concern once and in order, through disconnections, other processes and rebuilds', async () => {
      await fc.assert(
        fc.asyncProperty(happenings, troubles, habits, async (happens, occur, listening) => {
          const views = await open();
          try {
            await expectAllTold(views, happens, occur, listening);
          } finally {
            await views.close();
          }
        }),
        { numRuns: 8, endOnFailure: true },
      );
    });
  });
}

const LISTENERS = ['a', 'b', 'everyone'] as const;
type Who = (typeof LISTENERS)[number];

async function expectAllTold(
  { store, readers }: SharedViews,
  happens: readonly Happening[],
  occur: readonly Trouble[],
  listening: readonly Habit[],
): Promise<void> {
  const log = new MemoryLog();
  const services = readers.map(
    (reader) => new ChangeFeed({ log, views: new ProjectionViews(reader, PROJECTIONS) }),
  );
  let engine = engineOn(store, log);
  const expected: Record<Who, string[]> = { a: [], b: [], everyone: [] };
  const ending = new AbortController();
  const listeners = LISTENERS.map(async (who) => {
    const of: ChangeScope = who === 'everyone' ? who : { account: who };
    const received: string[] = [];
    for await (const { id } of follow(services, of, listening, ending.signal)) {
      received.push(id);
      if (id === LAST) break;
    }
    expect({ who, received }).toEqual({ who, received: expected[who] });
  });
  // An early failure is reported at the end.
  for (const listener of listeners) listener.catch(() => undefined);
  try {
    const shareId = randomUUID();
    for (const [count, { what, pauseMs }] of [
      ...happens,
      { what: 'the end', pauseMs: 0 } as const,
    ].entries()) {
      for (const { kind } of occur.filter(({ after }) => after === count)) {
        if (kind === 'another worker') {
          await engine.stop();
          engine = engineOn(store, log);
        } else {
          await engine.rebuild(changesProjection.name);
        }
      }
      if (pauseMs > 0) await pause(pauseMs);
      for (const { id, concerns } of await happen(log, what, shareId)) {
        for (const who of concerns) expected[who].push(id);
      }
    }
    await Promise.all(listeners);
  } finally {
    ending.abort();
    await Promise.allSettled(listeners);
    await engine.stop();
  }
}

/** The change after which nothing happens. */
const LAST = randomUUID();

/** Makes something happen; returns the ids of the changes, and whom they concern. */
async function happen(
  log: MemoryLog,
  what: Happening['what'] | 'the end',
  shareId: string,
): Promise<readonly { readonly id: string; readonly concerns: readonly Who[] }[]> {
  const both: readonly Who[] = LISTENERS;
  const append = async (
    stream: string,
    type: string,
    data: JsonObject,
    concerns: readonly Who[],
    id = randomUUID(),
  ) => {
    const actor = { account: concerns[0] as string, user: 'u', role: 'administrator' };
    const commandId = randomUUID();
    const causes = { commandId, commandHash: 'h', $correlationId: commandId, $causationId: commandId };
    await log.append(
      stream,
      [{ id, type, data, metadata: { at: AT, actor, ...causes, schemaVersion: 1 } }],
      'any',
    );
    return { id, concerns };
  };
  switch (what) {
    case 'customer of a':
    case 'customer of b': {
      const account = what === 'customer of a' ? 'a' : 'b';
      const customerId = randomUUID();
      const data = { customerId, account, details: { name: 'K', address } };
      return [await append(`customer-${customerId}`, 'CustomerAdded', data, [account, 'everyone'])];
    }
    case 'share': {
      const isNew = (await log.readStream(`share-${shareId}`)).length === 0;
      const requested = { shareId, connectionId: 'c', requester: 'a', provider: 'b', name: 'S' };
      return isNew
        ? [
            await append(
              `share-${shareId}`,
              'ShareRequested',
              { ...requested, suggestedLevel: 'location', requestedAt: AT },
              both,
            ),
          ]
        : [await append(`share-${shareId}`, 'SharePreparationStarted', { shareId }, both)];
    }
    case 'nothing':
      await append('pair-x', 'CommandHadNoEffect', {}, both);
      return [];
    case 'the end': {
      const last = randomUUID();
      const requested = { shareId: last, connectionId: 'c', requester: 'a', provider: 'b', name: 'S' };
      const data = { ...requested, suggestedLevel: 'location', requestedAt: AT };
      return [await append(`share-${last}`, 'ShareRequested', data, both, LAST)];
    }
  }
}

/** A listener that is disconnected in the middle of a stream, and connects to another service each time. */
async function* follow(
  services: readonly Changes[],
  of: ChangeScope,
  habits: readonly Habit[],
  signal: AbortSignal,
): AsyncGenerator<ChangeView> {
  let position: Position = START;
  const patientUntil = Date.now() + PATIENCE_MS;
  for (let turn = 0; !signal.aborted; turn += 1) {
    if (Date.now() > patientUntil) throw new Error(`No more changes came after ${position}.`);
    const { limit, waitMs, cutAfter, at } = habits[turn % habits.length] as Habit;
    const service = services[(turn + at) % services.length] as Changes;
    try {
      const { items, upTo } = await service.read(position, limit, { of });
      const taken = items.slice(0, cutAfter);
      for (const { change } of taken) yield change;
      position = taken.length < items.length ? (taken.at(-1)?.position ?? position) : upTo;
      if (items.length === 0) position = await service.wait(position, of, { timeoutMs: waitMs, signal });
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable || error instanceof EventStoreUnavailable)) throw error;
      await pause(1);
    }
  }
}

function engineOn(views: ViewStore, reader: MemoryLog): ProjectionEngine {
  const engine = new ProjectionEngine({
    reader,
    views,
    projections: PROJECTIONS,
    deserialise,
    clock: { now: () => AT },
    log: silent,
    batchSizes: { live: 3, catchingUp: 7 },
    pauses: { sleep: (ms) => pause(Math.min(ms, 2)), random: () => 0 },
  });
  engine.start();
  return engine;
}
