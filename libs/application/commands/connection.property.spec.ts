// Commands on the connections of a pair, in several processes on one log, in whatever order their reads and writes fall.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deserialise } from '#contracts';
import {
  type ConnectionEvent,
  type ConnectionState,
  connectedPair,
  connection,
  pairStreamId,
} from '#domain/connection';
import { type Actor, Refusal } from '#domain/kernel';
import type { EventStore, Position } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { CommandExecutor, type Envelope } from '../command-executor.ts';
import { Aggregates } from '../core/aggregates.ts';
import { newId } from '../core/ids.ts';
import { settleConnection } from '../core/settling.ts';
import { StreamContended } from '../errors.ts';
import { commandTable, type FactSources } from './table.ts';

const now = '2026-01-01T00:00:00.000Z';
const RUNS = 150;

class Killed extends Error {}

type Who = 'a' | 'b' | 'c';
/** Two connections of `a` and one of `b`, none used yet. */
const CREATORS = { first: 'a', second: 'a', back: 'b' } as const;
type Which = keyof typeof CREATORS;

interface Ask {
  readonly who: Who;
  readonly type: 'AuthenticateConnection' | 'CancelConnection' | 'ReissueConnectionToken' | 'EndConnection';
  readonly which: Which;
  /** After so many writes of the process that takes it; each is taken by one of its own. */
  readonly killedAfter: number | undefined;
}

const type = 'AuthenticateConnection';
const authenticates = [
  { who: 'b', which: 'first', type },
  { who: 'b', which: 'second', type },
  { who: 'a', which: 'back', type },
  { who: 'c', which: 'first', type },
] as const;
const changes: readonly Pick<Ask, 'who' | 'which' | 'type'>[] = (
  ['first', 'second', 'back'] as const
).flatMap((which) =>
  (['CancelConnection', 'ReissueConnectionToken', 'EndConnection'] as const).map((type) => ({
    who: CREATORS[which],
    which,
    type,
  })),
);
const [first, second, ...others] = authenticates;
const asks = fc
  .tuple(
    fc.tuple(askOf(first), askOf(second)),
    fc.array(askOf(...others), { maxLength: 1 }),
    fc.array(askOf(...changes), { maxLength: 1 }),
  )
  .map((parts): Ask[] => parts.flat());

function askOf(...what: readonly Pick<Ask, 'who' | 'which' | 'type'>[]) {
  return fc
    .record({
      what: fc.constantFrom(...what),
      killedAfter: fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 9 }),
    })
    .map(({ what, ...rest }): Ask => ({ ...what, ...rest }));
}

let directory: string;
let store: EventStore;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tessera-interleavings-'));
  store = await SqliteEventStore.open({ directory });
});

afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

type Process = ReturnType<typeof processOn>;

/** One that shares the log with others; `before` comes before each of its reads and writes. */
function processOn(before: (writes: boolean) => Promise<void>) {
  const shared = new Proxy(store, {
    get: (target, name: keyof EventStore) => {
      if (name === 'exclusive') return false;
      if (name !== 'append' && name !== 'readStream') return target[name].bind(target);
      return async (...given: never[]) => {
        await before(name === 'append');
        return (target[name] as (...given: never[]) => Promise<unknown>)(...given);
      };
    },
  });
  const aggregates = new Aggregates(shared);
  const executor = new CommandExecutor(shared, aggregates, (stand) => commandTable(stand as FactSources));
  return { aggregates, execute: (envelope: Envelope) => executor.execute(envelope) };
}

function administrator(): Actor {
  return { account: newId(), user: 'ann', roles: ['administrator'] };
}

class Run {
  readonly actors: Record<Who, Actor> = { a: administrator(), b: administrator(), c: administrator() };
  readonly connections = { first: newId(), second: newId(), back: newId() };
  private readonly calm = processOn(async () => undefined);
  private start: Position = 0 as Position;

  async begin(): Promise<void> {
    this.start = await store.head();
    for (const which of ['first', 'second', 'back'] as const) {
      const create = this.envelope(CREATORS[which], 'CreateConnection', which, {
        tokenHash: 'x',
        label: which,
      });
      await this.calm.execute(create);
    }
  }

  envelope(who: Who, type: string, which: Which, more: object = {}): Envelope {
    const data = { connectionId: this.connections[which], ...more };
    return { id: newId(), type, data, actor: this.actors[who], now, hash: JSON.stringify([type, data]) };
  }

  envelopeOf({ who, type, which }: Ask): Envelope {
    if (type === 'AuthenticateConnection')
      return this.envelope(who, type, which, { tokenHash: 'x', label: 'L' });
    if (type === 'ReissueConnectionToken') return this.envelope(who, type, which, { tokenHash: 'y' });
    return this.envelope(who, type, which);
  }

  /** What the durable process does for a connection whose token was used. */
  async complete(which: Which, process: Process = this.calm): Promise<void> {
    const found = await process.aggregates.state(connection, this.connections[which]);
    if (found.status !== 'token-used') return;
    const actor = Object.values(this.actors).find(({ account }) => account === found.acceptor) as Actor;
    const send = (type: string, data: object) =>
      process.execute({ id: newId(), type, data, actor, now, hash: type });
    await settleConnection(this.connections[which], process.aggregates, {
      claim: (data) => send('ClaimConnectionPair', data),
      settle: (data) => send('SettleConnection', data),
    });
  }

  async log() {
    return store.readAll({ after: this.start });
  }
}

/** Every state the connections went through together, as the log has it. */
function* moments(log: Awaited<ReturnType<Run['log']>>): Generator<ReadonlyMap<string, ConnectionState>> {
  const states = new Map<string, ConnectionState>();
  for (const recorded of log) {
    if (!recorded.stream.startsWith('connection-')) continue;
    const before = states.get(recorded.stream) ?? connection.initial;
    states.set(recorded.stream, connection.evolve(before, deserialise(recorded) as ConnectionEvent));
    yield states;
  }
}

describe('whatever falls between the reads and writes of several processes', () => {
  it('R-C2 R-S10 a pair has one active connection at most, and a refused command leaves nothing behind', async () => {
    let refusals = 0;
    let outrun = 0;
    await fc.assert(
      fc.asyncProperty(asks, fc.scheduler(), async (all, scheduler) => {
        const run = new Run();
        await run.begin();
        const processes = all.map(({ killedAfter = Number.POSITIVE_INFINITY }) => {
          let left = killedAfter;
          return processOn(async (writes) => {
            await scheduler.schedule(Promise.resolve());
            if (!writes) return;
            if (left === 0) throw new Killed();
            left -= 1;
          });
        });
        const envelopes = all.map((ask) => run.envelopeOf(ask));
        const completer = processOn(() => scheduler.schedule(Promise.resolve()));
        const running = Promise.allSettled([
          ...processes.map(({ execute }, index) => execute(envelopes[index] as Envelope)),
          run.complete('first', completer),
          run.complete('second', completer),
        ]);
        const results = await scheduler.waitFor(running);
        for (const which of ['first', 'second', 'back'] as const) await run.complete(which);

        const log = await run.log();
        for (const states of moments(log)) {
          const pairs = [...states.values()].flatMap((state) => {
            const pair = connectedPair(state);
            return pair ? [pairStreamId(...pair)] : [];
          });
          expect(new Set(pairs).size).toBe(pairs.length);
        }
        const ends = [...moments(log)].at(-1) as ReadonlyMap<string, ConnectionState>;
        expect([...ends.values()].map(({ status }) => status)).not.toContain('token-used');
        outrun += log.filter(({ data }) => data.reason === 'already-connected').length;

        envelopes.forEach(({ id }, index) => {
          const result = results[index] as PromiseSettledResult<unknown>;
          if (result.status === 'fulfilled') return;
          if (result.reason instanceof Killed || result.reason instanceof StreamContended) return;
          expect(result.reason).toBeInstanceOf(Refusal);
          refusals += 1;
          expect(log.filter(({ metadata }) => metadata.$correlationId === id)).toEqual([]);
        });
      }),
      { numRuns: RUNS },
    );
    // Interleavings that matter were among them.
    expect(refusals).toBeGreaterThan(0);
    expect(outrun).toBeGreaterThan(0);
  });
});
