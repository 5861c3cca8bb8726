import { conflict, type Decider, plusMillis, type Role, unreachable } from '#domain/kernel';
import { connectionActions, requireParty, requirePossible } from './actions.ts';
import type {
  AuthenticateConnection,
  CancelConnection,
  ConnectionCommand,
  CreateConnection,
  EndConnection,
  ReissueConnectionToken,
  RenameConnection,
  SettleConnection,
} from './commands.ts';
import type { ConnectionEvent } from './events.ts';
import { evolve } from './fold.ts';
import { type ConnectionPairFacts, type ConnectionPairState, isHeldByAnother } from './pair.ts';
import { labelOf, partiesOf, statusAt } from './query.ts';
import type { ConnectionState } from './state.ts';
import { alreadyConnected, openedBy, TOKEN_LIFETIME_MS } from './token.ts';

/** The roles that may send each command. */
export const connectionRoles: Readonly<Record<ConnectionCommand['type'], readonly Role[]>> = {
  CreateConnection: ['administrator'],
  AuthenticateConnection: ['administrator'],
  SettleConnection: ['administrator'],
  RenameConnection: connectionActions.rename.roles,
  ReissueConnectionToken: connectionActions.reissue.roles,
  CancelConnection: connectionActions.cancel.roles,
  EndConnection: connectionActions.end.roles,
};

/** The facts for authenticating and settling: the two accounts' pair, and the connection it is claimed for, if another (R-C2). */
export type ConnectionFacts = ({ readonly pair: ConnectionPairState } & ConnectionPairFacts) | undefined;

/** The links between accounts; streams `connection-<connection id>`. */
export const connection: Decider<ConnectionState, ConnectionCommand, ConnectionEvent, ConnectionFacts> = {
  category: 'connection',
  initial: { status: 'none' },
  evolve,
  decide(command, state, facts) {
    switch (command.type) {
      case 'CreateConnection':
        return create(command, state);
      case 'ReissueConnectionToken':
        return reissueToken(command, state);
      case 'AuthenticateConnection':
        return authenticate(command, state, facts);
      case 'SettleConnection':
        return settle(command, state, facts);
      case 'RenameConnection':
        return rename(command, state);
      case 'CancelConnection':
        return cancel(command, state);
      case 'EndConnection':
        return end(command, state);
      default:
        return unreachable(command);
    }
  },
};

function create({ actor, data, now }: CreateConnection, state: ConnectionState): ConnectionEvent[] {
  if (state.status === 'none') {
    const expiresAt = plusMillis(now, TOKEN_LIFETIME_MS);
    return [{ type: 'ConnectionCreated', data: { ...data, account: actor.account, expiresAt } }];
  }
  const repeated =
    state.creator === actor.account &&
    state.creatorLabel === data.label &&
    state.description === data.description &&
    state.tokenHash === data.tokenHash;
  if (repeated) return [];
  throw conflict('id-in-use', 'This id is in use.');
}

function reissueToken(command: ReissueConnectionToken, state: ConnectionState): ConnectionEvent[] {
  const { data, now } = command;
  const known = requirePossible('reissue', state, command);
  if (known.tokenHash === data.tokenHash) {
    if (statusAt(known, now) === 'pending') return [];
    throw conflict('token-not-new', 'This token has expired and is not issued again; ask for a new one.');
  }
  const { connectionId } = known;
  const expiresAt = plusMillis(now, TOKEN_LIFETIME_MS);
  return [{ type: 'ConnectionTokenReissued', data: { connectionId, tokenHash: data.tokenHash, expiresAt } }];
}

function authenticate(
  command: AuthenticateConnection,
  state: ConnectionState,
  facts: ConnectionFacts,
): ConnectionEvent[] {
  const { actor, data, now } = command;
  if (openedBy(data, actor.account, state, now) === undefined) return [];
  const { pair, holder } = known(facts);
  if (isHeldByAnother(pair, data.connectionId, holder, now)) throw alreadyConnected();
  const { connectionId, label } = data;
  return [{ type: 'ConnectionTokenUsed', data: { connectionId, account: actor.account, label } }];
}

/** After the attempt to claim the pair: whether another connection holds it is then final (R-C2). */
function settle(
  { actor }: SettleConnection,
  state: ConnectionState,
  facts: ConnectionFacts,
): ConnectionEvent[] {
  const { connectionId } = requireParty(state, actor.account);
  if (state.status !== 'token-used') return [];
  const { pair } = known(facts);
  const isIts = pair.status === 'claimed' && pair.connectionId === connectionId;
  if (!isIts) return [{ type: 'ConnectionCancelled', data: { connectionId, reason: 'already-connected' } }];
  const { acceptor: account, acceptorLabel: label } = state;
  return [{ type: 'ConnectionAuthenticated', data: { connectionId, account, label } }];
}

function known(facts: ConnectionFacts): NonNullable<ConnectionFacts> {
  if (facts === undefined) throw new Error('The facts of this command lack the pair of accounts.');
  return facts;
}

function rename({ actor, data }: RenameConnection, state: ConnectionState): ConnectionEvent[] {
  const known = requireParty(state, actor.account);
  const { connectionId } = known;
  if (labelOf(known, actor.account) === data.label) return [];
  const { label } = data;
  return [{ type: 'ConnectionRenamed', data: { connectionId, account: actor.account, label } }];
}

function cancel(command: CancelConnection, state: ConnectionState): ConnectionEvent[] {
  if (state.status === 'cancelled' && state.creator === command.actor.account) return [];
  const { connectionId } = requirePossible('cancel', state, command);
  return [{ type: 'ConnectionCancelled', data: { connectionId } }];
}

function end(command: EndConnection, state: ConnectionState): ConnectionEvent[] {
  const { actor, data } = command;
  const revokeShares = data.revokeShares ?? false;
  if (state.status === 'ended' && partiesOf(state).includes(actor.account)) {
    // Nothing would be revoked any more, which an answer without events would not show.
    if (revokeShares && !(state.revokeShares && state.endedBy === actor.account)) {
      throw conflict('connection-ended', 'The connection has ended; revoke the shares one by one.');
    }
    return [];
  }
  const { connectionId } = requirePossible('end', state, command);
  return [{ type: 'ConnectionEnded', data: { connectionId, account: actor.account, revokeShares } }];
}
