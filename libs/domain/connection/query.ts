import { type Instant, unreachable } from '#domain/kernel';
import type { ConnectionState } from './state.ts';

/** The status of a connection at a moment, as its parties read it; `expired` when its token was not used in time. */
export type ConnectionStatus = Exclude<ConnectionState['status'], 'token-used'> | 'expired';

/** The status at `now`. At the exact moment of its expiry a token still works (R-C1). */
export function statusAt(state: ConnectionState, now: Instant): ConnectionStatus {
  return state.status === 'pending' && now > state.expiresAt ? 'expired' : recordedStatus(state);
}

/** The status by what was recorded alone: a connection is pending until its pair is settled (R-C2). */
export function recordedStatus<State extends ConnectionState>(
  state: State,
): Exclude<State['status'], 'token-used'> | 'pending' {
  return state.status === 'token-used' ? 'pending' : (state.status as Exclude<State['status'], 'token-used'>);
}

/** The two accounts a connection links, its creator first; `undefined` unless it is active (R-C3). */
export function connectedPair(state: ConnectionState): readonly [string, string] | undefined {
  return state.status === 'active' ? [state.creator, state.acceptor] : undefined;
}

/** The accounts that may know of a connection: its creator, and the one that authenticated. */
export function partiesOf(state: ConnectionState): readonly string[] {
  switch (state.status) {
    case 'none':
      return [];
    case 'pending':
      return [state.creator];
    case 'cancelled':
      return state.acceptor === undefined ? [state.creator] : [state.creator, state.acceptor];
    case 'token-used':
    case 'active':
    case 'ended':
      return [state.creator, state.acceptor];
    default:
      return unreachable(state);
  }
}

/** The account at the other end; `undefined` while there is none, and for an account that is no party. */
export function otherParty(state: ConnectionState, account: string): string | undefined {
  const parties = partiesOf(state);
  return parties.includes(account) ? parties.find((party) => party !== account) : undefined;
}

/** The account's own label of a connection it is a party to; `undefined` for any other account (R-C1). */
export function labelOf(state: ConnectionState, account: string): string | undefined {
  if (state.status === 'none') return undefined;
  if (account === state.creator) return state.creatorLabel;
  return 'acceptor' in state && account === state.acceptor ? state.acceptorLabel : undefined;
}
