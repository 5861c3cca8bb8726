import { type Decider, type Instant, type Role, sameData } from '#domain/kernel';
import type { ConnectionPairCommand } from './commands.ts';
import type { ConnectionPairClaimed, ConnectionPairEvent } from './events.ts';
import { statusAt } from './query.ts';
import type { ConnectionState } from './state.ts';
import { alreadyConnected, ownConnection } from './token.ts';

/** Two accounts, and the one connection that may be active between them (R-C2). */
export type ConnectionPairState = { readonly status: 'none' } | ClaimedPair;

export type ClaimedPair = { readonly status: 'claimed' } & Readonly<ConnectionPairClaimed['data']>;

/** The facts for claiming: the connection that holds the claim, when it is another one. */
export interface ConnectionPairFacts {
  readonly holder?: ConnectionState;
}

/** The id of two accounts' pair stream, whichever of them is named first. */
export function pairStreamId(a: string, b: string): string {
  return sorted(a, b).join('.');
}

/** The roles that may send each command. */
export const connectionPairRoles: Readonly<Record<ConnectionPairCommand['type'], readonly Role[]>> = {
  ClaimConnectionPair: ['administrator'],
};

/**
 * The pairs of accounts; streams `pair-<account id>.<account id>`. A claim is made for a connection whose token has let
 * the account in: the only check here is whether another connection excludes it.
 */
export const connectionPair: Decider<
  ConnectionPairState,
  ConnectionPairCommand,
  ConnectionPairEvent,
  ConnectionPairFacts
> = {
  category: 'pair',
  initial: { status: 'none' },
  evolve: (_, event) => ({ status: 'claimed', ...event.data }),
  decide({ actor, data, now }, state, { holder }) {
    if (data.creator === actor.account) throw ownConnection();
    const { connectionId, tokenHash, label } = data;
    const accounts = sorted(data.creator, actor.account);
    const claim = { accounts, connectionId, account: actor.account, tokenHash, label };
    if (state.status === 'claimed') {
      const { status: _, ...claimed } = state;
      if (sameData(claimed, claim)) return [];
    }
    if (isHeldByAnother(state, connectionId, holder, now)) throw alreadyConnected();
    return [{ type: 'ConnectionPairClaimed', data: claim }];
  },
};

/**
 * Whether another connection of the pair excludes `connectionId` (R-C2).
 * @param holder the connection that holds the claim, when it is another one
 */
export function isHeldByAnother(
  pair: ConnectionPairState,
  connectionId: string,
  holder: ConnectionState | undefined,
  now: Instant,
): boolean {
  return pair.status === 'claimed' && pair.connectionId !== connectionId && isHeld(pair, holder, now);
}

/** Whether the claim still holds: its connection is active between the two, or is about to be. */
function isHeld(claim: ClaimedPair, holder: ConnectionState | undefined, now: Instant): boolean {
  if (holder === undefined) return true;
  switch (holder.status) {
    case 'token-used':
    case 'active':
      return pairStreamId(holder.creator, holder.acceptor) === pairStreamId(...claim.accounts);
    case 'pending':
      // In older logs a pair is claimed before the token is used.
      return statusAt(holder, now) === 'pending' && holder.tokenHash === claim.tokenHash;
    default:
      return false;
  }
}

function sorted(a: string, b: string): readonly [string, string] {
  return a < b ? [a, b] : [b, a];
}
