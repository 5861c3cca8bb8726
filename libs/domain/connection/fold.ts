import { outOfPlace, unreachable } from '#domain/kernel';
import type { ConnectionCreated, ConnectionEvent } from './events.ts';
import type { ConnectionState, PendingConnection, TokenUsedConnection } from './state.ts';

export function evolve(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  if (event.type === 'ConnectionCreated') return created(event.data);
  if (state.status === 'none') return outOfPlace(event, state.status);
  switch (event.type) {
    case 'ConnectionTokenReissued': {
      if (state.status !== 'pending') return outOfPlace(event, state.status);
      const { tokenHash, expiresAt } = event.data;
      return { ...state, tokenHash, expiresAt };
    }
    case 'ConnectionTokenUsed': {
      if (state.status !== 'pending') return outOfPlace(event, state.status);
      const { expiresAt: _, ...kept } = state;
      const { account, label } = event.data;
      return { ...kept, status: 'token-used', acceptor: account, acceptorLabel: label };
    }
    case 'ConnectionAuthenticated': {
      const opened = withoutExpiry(state);
      if (opened === undefined) return outOfPlace(event, state.status);
      const { account, label } = event.data;
      return { ...opened, status: 'active', acceptor: account, acceptorLabel: label };
    }
    case 'ConnectionRenamed': {
      const { account, label } = event.data;
      if (account === state.creator) return { ...state, creatorLabel: label };
      return 'acceptor' in state ? { ...state, acceptorLabel: label } : outOfPlace(event, state.status);
    }
    case 'ConnectionCancelled': {
      const opened = withoutExpiry(state);
      return opened === undefined ? outOfPlace(event, state.status) : { ...opened, status: 'cancelled' };
    }
    case 'ConnectionEnded': {
      if (state.status !== 'active') return outOfPlace(event, state.status);
      const { account, revokeShares } = event.data;
      return { ...state, status: 'ended', endedBy: account, revokeShares };
    }
    default:
      return unreachable(event);
  }
}

/** A connection without the fields of a pending one; older logs do not record the use of its token. */
function withoutExpiry(
  state: ConnectionState,
): Omit<PendingConnection, 'expiresAt'> | TokenUsedConnection | undefined {
  if (state.status === 'token-used') return state;
  if (state.status !== 'pending') return undefined;
  const { expiresAt: _, ...kept } = state;
  return kept;
}

function created({ account, label, ...rest }: ConnectionCreated['data']): PendingConnection {
  return { status: 'pending', ...rest, creator: account, creatorLabel: label };
}
