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
} from '#domain/connection';
import type { Envelope } from '../command-executor.ts';
import type { Aggregates } from '../core/aggregates.ts';
import { derivedId } from '../core/ids.ts';

/** What authenticating a connection needs to know of the two accounts' pair (R-C2). */
export function connectionFacts(aggregates: Aggregates) {
  return async (command: ConnectionCommand, state: ConnectionState): Promise<ConnectionFacts> => {
    if (command.type !== 'AuthenticateConnection' || state.status === 'none') return undefined;
    const pair = await aggregates.state(connectionPair, pairStreamId(state.creator, command.actor.account));
    return { pair, ...(await holderOf(pair, command, aggregates)) };
  };
}

/** What claiming a pair needs to know of the connection it was claimed for before. */
export function pairFacts(aggregates: Aggregates) {
  return (command: ClaimConnectionPair, state: ConnectionPairState): Promise<ConnectionPairFacts> =>
    holderOf(state, command, aggregates);
}

/** The claim of the pair, which has to stand before the connection is authenticated (R-C2). */
export function pairClaim(
  command: Envelope<ConnectionCommand>,
  state: ConnectionState,
): Envelope<ClaimConnectionPair> | undefined {
  if (command.type !== 'AuthenticateConnection' || state.status === 'none') return undefined;
  return claimFor(command as Envelope<AuthenticateConnection>, state.creator);
}

function claimFor(command: Envelope<AuthenticateConnection>, creator: string): Envelope<ClaimConnectionPair> {
  return {
    ...command,
    id: derivedId(command.id, 'claim', command.data.connectionId),
    type: 'ClaimConnectionPair',
    data: { ...command.data, creator },
    expectedRevision: undefined,
    correlationId: command.correlationId ?? command.id,
    causationId: command.id,
  };
}

async function holderOf(
  pair: ConnectionPairState,
  { data }: AuthenticateConnection | ClaimConnectionPair,
  aggregates: Aggregates,
): Promise<ConnectionPairFacts> {
  if (pair.status === 'none' || pair.connectionId === data.connectionId) return {};
  return { holder: await aggregates.state(connection, pair.connectionId) };
}
