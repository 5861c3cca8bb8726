import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold, type Instant, plusMillis, Refusal } from '#domain/kernel';
import { commandsOf, noon } from '#domain/kernel/testing';
import {
  type ConnectionCommand,
  type ConnectionEvent,
  type ConnectionFacts,
  type ConnectionPairCommand,
  type ConnectionPairEvent,
  type ConnectionStatus,
  connectedPair,
  connection,
  connectionPair,
  pairStreamId,
  statusAt,
  TOKEN_LIFETIME_MS,
  type TokenUsedConnection,
} from './index.ts';

const ACCOUNTS = ['a', 'b', 'c'];
const CONNECTIONS = ['c1', 'c2', 'c3'];
const TOKENS = ['t1', 't2'];

/** Where a status may lead, by a command or by time alone. */
const EDGES: Record<ConnectionStatus, readonly ConnectionStatus[]> = {
  none: ['pending'],
  pending: ['active', 'cancelled', 'expired'],
  expired: ['pending', 'cancelled'],
  active: ['ended'],
  cancelled: [],
  ended: [],
};

interface Step {
  readonly account: string;
  readonly connectionId: string;
  readonly tokenHash: string;
  readonly label: string;
  readonly type: ConnectionCommand['type'];
  readonly passes: number;
  /** The process dies once the token is used: before the pair is claimed, or before the connection is settled. */
  readonly dies: 'never' | 'before the claim' | 'before settling';
}

const steps = fc.array(
  fc.record<Step>({
    account: fc.constantFrom(...ACCOUNTS),
    connectionId: fc.constantFrom(...CONNECTIONS),
    tokenHash: fc.constantFrom(...TOKENS),
    label: fc.constantFrom('x', 'y'),
    type: fc.constantFrom(
      'CreateConnection',
      'CreateConnection',
      'AuthenticateConnection',
      'AuthenticateConnection',
      'SettleConnection',
      'ReissueConnectionToken',
      'RenameConnection',
      'CancelConnection',
      'EndConnection',
    ),
    passes: fc.constantFrom(0, 0, 0, 1, TOKEN_LIFETIME_MS / 2, TOKEN_LIFETIME_MS + 1),
    dies: fc.constantFrom('never', 'before the claim', 'before settling'),
  }),
  { maxLength: 40 },
);

const ask = commandsOf<ConnectionCommand>();
const askPair = commandsOf<ConnectionPairCommand>();

function commandOf(step: Step, now: Instant): ConnectionCommand {
  const { account, connectionId, tokenHash, label, type } = step;
  switch (type) {
    case 'CreateConnection':
    case 'AuthenticateConnection':
      return ask(account, type, { connectionId, tokenHash, label }, now);
    case 'ReissueConnectionToken':
      return ask(account, type, { connectionId, tokenHash }, now);
    case 'RenameConnection':
      return ask(account, type, { connectionId, label }, now);
    case 'SettleConnection':
    case 'CancelConnection':
    case 'EndConnection':
      return ask(account, type, { connectionId }, now);
  }
}

/** Two kinds of streams, and commands carried out on them as the application does. */
class World {
  now = noon;
  private readonly connections = new Map<string, ConnectionEvent[]>();
  private readonly pairs = new Map<string, ConnectionPairEvent[]>();

  connection(id: string) {
    return fold(connection, connection.initial, this.connections.get(id) ?? []);
  }

  pair(id: string) {
    return fold(connectionPair, connectionPair.initial, this.pairs.get(id) ?? []);
  }

  statuses(): ConnectionStatus[] {
    return CONNECTIONS.map((id) => statusAt(this.connection(id), this.now));
  }

  take(step: Step): void {
    const command = commandOf(step, this.now);
    if (command.type !== 'SettleConnection') this.decideAndAppend(command);
    if (command.type === 'SettleConnection') this.complete(step.connectionId, 'never');
    if (command.type === 'AuthenticateConnection') this.complete(step.connectionId, step.dies);
  }

  private decideAndAppend(command: ConnectionCommand): void {
    const id = command.data.connectionId;
    const decide = () => connection.decide(command, this.connection(id), this.factsFor(command));
    const events = decide();
    this.connections.set(id, [...(this.connections.get(id) ?? []), ...events]);
    expect(decide()).toEqual([]);
  }

  /** What follows from the use of a token, if one was used; by the process when the command did not come to it. */
  private complete(connectionId: string, dies: Step['dies']): void {
    const found = this.connection(connectionId);
    if (found.status !== 'token-used' || dies === 'before the claim') return;
    this.claim(found);
    if (dies === 'before settling') return;
    this.decideAndAppend(ask(found.acceptor, 'SettleConnection', { connectionId }, this.now));
  }

  private factsFor({ type, actor, data }: ConnectionCommand): ConnectionFacts {
    const state = this.connection(data.connectionId);
    if (type !== 'AuthenticateConnection' && type !== 'SettleConnection') return undefined;
    if (state.status === 'none') return undefined;
    const pair = this.pair(pairStreamId(actor.account, state.creator));
    const holder = pair.status === 'claimed' ? this.connection(pair.connectionId) : undefined;
    return { pair, ...(holder && { holder }) };
  }

  private claim({ connectionId, creator, acceptor, tokenHash, acceptorLabel }: TokenUsedConnection): void {
    const pairId = pairStreamId(acceptor, creator);
    const data = { connectionId, creator, tokenHash, label: acceptorLabel };
    const command = askPair(acceptor, 'ClaimConnectionPair', data, this.now);
    const decide = () => {
      const pair = this.pair(pairId);
      const holder = pair.status === 'claimed' ? this.connection(pair.connectionId) : undefined;
      return connectionPair.decide(command, pair, holder ? { holder } : {});
    };
    const refused = outcome(decide) === 'already-connected';
    if (refused) return;
    this.pairs.set(pairId, [...(this.pairs.get(pairId) ?? []), ...decide()]);
    expect(decide()).toEqual([]);
  }
}

/** A step the rules refuse leaves the world as it is; any other error is a fault. */
function attempt(world: World, step: Step): void {
  try {
    world.take(step);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

describe('any commands on connections, in any order', () => {
  it('R-C2 never are two connections active between a pair, nor one within an account', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const world = new World();
        for (const step of run) {
          world.now = plusMillis(world.now, step.passes);
          attempt(world, step);
          const pairs = CONNECTIONS.flatMap((id) => {
            const pair = connectedPair(world.connection(id));
            return pair ? [pair] : [];
          });
          expect(pairs.every(([a, b]) => a !== b)).toBe(true);
          expect(new Set(pairs.map((pair) => pairStreamId(...pair))).size).toBe(pairs.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('R-C1 R-C4 statuses follow only the allowed transitions', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const world = new World();
        for (const step of run) {
          const before = world.statuses();
          world.now = plusMillis(world.now, step.passes);
          const afterTime = world.statuses();
          attempt(world, step);
          const afterCommand = world.statuses();
          for (const [from, to] of [
            [before, afterTime],
            [afterTime, afterCommand],
          ] as const) {
            from.forEach((status, index) => {
              expect([status, ...EDGES[status]]).toContain(to[index]);
            });
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('replaying gives the same decisions, also from what was stored', () => {
    fc.assert(
      fc.property(steps, (run) => {
        const history: ConnectionEvent[] = [];
        let state = connection.initial;
        for (const step of run) {
          const command = commandOf({ ...step, connectionId: 'c1' }, noon);
          const stored = JSON.parse(JSON.stringify(history)) as ConnectionEvent[];
          const replayed = fold(connection, connection.initial, stored);
          const facts: ConnectionFacts = { pair: { status: 'none' } };
          const decision = outcome(() => connection.decide(command, state, facts));
          expect(outcome(() => connection.decide(command, replayed, facts))).toEqual(decision);
          if (typeof decision === 'string') continue;
          history.push(...decision);
          state = fold(connection, state, decision);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function outcome<Event>(decide: () => readonly Event[]): readonly Event[] | string {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
