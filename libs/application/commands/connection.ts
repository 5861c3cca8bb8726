import {
  type AuthenticateConnection,
  type ClaimConnectionPair,
  type ConnectionCommand,
  type ConnectionFacts,
  type ConnectionPairFacts,
  type ConnectionPairState,
  type ConnectionState,
  connection,
  connectionPair,
  pairStreamId,
  type SettleConnection,
} from '#domain/connection';
import type { Envelope } from '../command-executor.ts';
import type { Aggregates } from '../core/aggregates.ts';
import type { CommandOutcome } from '../core/command-port.ts';
import { settleConnection } from '../core/settling.ts';
import { followingFrom } from './following.ts';

/** The facts for authenticating and settling a connection: the two accounts' pair (R-C2). */
export function connectionFacts(aggregates: Aggregates) {
  return async (command: ConnectionCommand, state: ConnectionState): Promise<ConnectionFacts> => {
    if (state.status === 'none') return undefined;
    if (command.type !== 'AuthenticateConnection' && command.type !== 'SettleConnection') return undefined;
    const pair = await aggregates.state(connectionPair, pairStreamId(state.creator, command.actor.account));
    return { pair, ...(await holderOf(pair, command, aggregates)) };
  };
}

/** The facts for claiming a pair: the connection it was claimed for before. */
export function pairFacts(aggregates: Aggregates) {
  return (command: ClaimConnectionPair, state: ConnectionPairState): Promise<ConnectionPairFacts> =>
    holderOf(state, command, aggregates);
}

/**
 * Within this process a pair is authenticated for one connection at a time: of two that come together, the second is
 * refused before anything of it is recorded (R-C2, R-S10).
 */
export function turnOfPair(aggregates: Aggregates) {
  return async ({ type, actor, data }: ConnectionCommand): Promise<string | undefined> => {
    if (type !== 'AuthenticateConnection') return undefined;
    const found = await aggregates.state(connection, data.connectionId);
    return found.status === 'none'
      ? undefined
      : `authentication-${pairStreamId(found.creator, actor.account)}`;
  };
}

/** Completes an authentication before it is answered; the process `complete-connection` does where that is interrupted. */
export function completeAuthentication(aggregates: Aggregates) {
  return async (
    command: Envelope<ConnectionCommand>,
    outcome: CommandOutcome,
    execute: (following: Envelope) => Promise<CommandOutcome>,
  ): Promise<CommandOutcome> => {
    if (command.type !== 'AuthenticateConnection') return outcome;
    const settled = await settleConnection(command.data.connectionId, aggregates, {
      claim: (data) => execute(followingFrom(command, 'ClaimConnectionPair', data)),
      settle: (data) => execute(followingFrom(command, 'SettleConnection', data)),
    });
    return { ...settled, replayed: outcome.replayed };
  };
}

async function holderOf(
  pair: ConnectionPairState,
  { data }: AuthenticateConnection | SettleConnection | ClaimConnectionPair,
  aggregates: Aggregates,
): Promise<ConnectionPairFacts> {
  if (pair.status === 'none' || pair.connectionId === data.connectionId) return {};
  return { holder: await aggregates.state(connection, pair.connectionId) };
}
