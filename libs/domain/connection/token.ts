import { conflict, type Instant, impossible, type Refusal } from '#domain/kernel';
import { statusAt } from './query.ts';
import type { ConnectionState, PendingConnection } from './state.ts';

/** How long a one-time token works: seven days (R-C1). */
export const TOKEN_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The pending connection that a token lets `account` join; `undefined` when the account joined with it before.
 * Every token that was never valid gets the same refusal.
 * @throws Refusal `own-connection` (R-C2), `token-expired` or `token-invalid` (R-C1)
 */
export function openedBy(
  shown: { readonly tokenHash: string; readonly label: string },
  account: string,
  state: ConnectionState,
  now: Instant,
): PendingConnection | undefined {
  if (state.status === 'none') throw tokenInvalid();
  if (state.creator === account) throw ownConnection();
  if (state.tokenHash !== shown.tokenHash) throw tokenInvalid();
  if (state.status === 'pending') {
    if (statusAt(state, now) === 'pending') return state;
    throw impossible('token-expired', 'This token has expired; ask for a new one.');
  }
  const again =
    (state.status === 'token-used' || state.status === 'active') &&
    state.acceptor === account &&
    state.acceptorLabel === shown.label;
  if (again) return undefined;
  throw tokenInvalid();
}

function tokenInvalid(): Refusal {
  return impossible('token-invalid', 'This token is not valid.');
}

/** At most one active connection for a pair (R-C2). */
export function alreadyConnected(): Refusal {
  return conflict('already-connected', 'The two accounts are connected already, or are about to be.');
}

/** No account connects with itself (R-C2). */
export function ownConnection(): Refusal {
  return conflict('own-connection', 'An account cannot connect with itself.');
}
