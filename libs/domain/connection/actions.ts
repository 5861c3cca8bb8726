import {
  type Actor,
  conflict,
  hasRole,
  type Instant,
  notFound,
  type RefusalContext,
  type Role,
} from '#domain/kernel';
import type { ConnectionCommand } from './commands.ts';
import { type ConnectionStatus, partiesOf, statusAt } from './query.ts';
import type { ConnectionState } from './state.ts';

/** What a party may do with a connection. */
export type ConnectionAction = 'rename' | 'reissue' | 'cancel' | 'end';

interface ActionRow {
  readonly command: ConnectionCommand['type'];
  readonly roles: readonly Role[];
  /** The statuses it is limited to, and the rule that refuses it in others; left out where it always is possible. */
  readonly only?: { readonly in: readonly ConnectionStatus[]; readonly refusal: string };
}

/**
 * The actions of the parties; until the token is used, the creator is the only party. What is listed as allowed and what
 * is enforced both follow these rows (R-S10).
 */
export const connectionActions: Readonly<Record<ConnectionAction, ActionRow>> = {
  rename: { command: 'RenameConnection', roles: ['administrator'] },
  reissue: {
    command: 'ReissueConnectionToken',
    roles: ['administrator'],
    only: { in: ['pending', 'expired'], refusal: 'connection-not-pending' },
  },
  cancel: {
    command: 'CancelConnection',
    roles: ['administrator'],
    only: { in: ['pending', 'expired'], refusal: 'connection-not-pending' },
  },
  end: {
    command: 'EndConnection',
    roles: ['administrator'],
    only: { in: ['active'], refusal: 'connection-not-active' },
  },
};

/** What `who` may do now; nothing when its account is not a party. */
export function allowedActions(
  state: ConnectionState,
  who: Pick<Actor, 'account' | 'roles'>,
  now: Instant,
): ConnectionAction[] {
  if (!partiesOf(state).includes(who.account)) return [];
  const status = statusAt(state, now);
  return (Object.keys(connectionActions) as ConnectionAction[]).filter((action) => {
    const { only, roles } = connectionActions[action];
    return (only === undefined || isIn(only, state, status)) && hasRole(who, roles);
  });
}

/** A connection whose token was used allows nothing that is limited to some statuses: it is about to have another. */
function isIn(
  only: NonNullable<ActionRow['only']>,
  state: ConnectionState,
  status: ConnectionStatus,
): boolean {
  return state.status !== 'token-used' && only.in.includes(status);
}

/** The context of a refusal for a party (R-S10); empty for an account that is none. */
export function connectionRefusalContext(
  state: ConnectionState,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): RefusalContext | undefined {
  if (!partiesOf(state).includes(actor.account)) return undefined;
  return { currentStatus: statusAt(state, now), allowedActions: allowedActions(state, actor, now) };
}

export type KnownConnection = Exclude<ConnectionState, { status: 'none' }>;

/** @throws Refusal `not-found` to an account that is no party: it learns not even that the connection exists (R-S10) */
export function requireParty(state: ConnectionState, account: string): KnownConnection {
  if (state.status === 'none' || !partiesOf(state).includes(account)) throw notFound('connection');
  return state;
}

/** @throws Refusal `not-found`, or the rule that refuses the action now */
export function requirePossible(
  action: ConnectionAction,
  state: ConnectionState,
  acting: { readonly actor: Actor; readonly now: Instant },
): KnownConnection {
  const known = requireParty(state, acting.actor.account);
  const status = statusAt(known, acting.now);
  const { only } = connectionActions[action];
  if (only === undefined || isIn(only, known, status)) return known;
  const detail =
    known.status === 'token-used'
      ? 'The token has just been used; the connection is being completed.'
      : `A connection that is ${status} does not allow this.`;
  throw conflict(only.refusal, detail);
}
