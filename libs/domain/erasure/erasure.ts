import { conflict, type Decider, notFound, outOfPlace, type Role, unreachable } from '#domain/kernel';
import type { EraseDataSubject, ErasureCommand } from './commands.ts';
import type { ErasureEvent } from './events.ts';

/** An erasure, from the request until the key is destroyed. */
export type ErasureState =
  | { readonly status: 'none' }
  | { readonly status: 'requested' | 'erased'; readonly account: string; readonly key: string };

/** It cannot be undone, so it is for administrators. */
const erasers: readonly Role[] = ['administrator'];

/** The roles that may send each command. */
export const erasureRoles: Readonly<Record<ErasureCommand['type'], readonly Role[]>> = {
  EraseDataSubject: erasers,
  CompleteErasure: erasers,
};

/** Persons that accounts have erased; streams `erasure-<erasure id>`. */
export const erasure: Decider<ErasureState, ErasureCommand, ErasureEvent> = {
  category: 'erasure',
  initial: { status: 'none' },
  evolve(state, event) {
    switch (event.type) {
      case 'DataSubjectErasureRequested': {
        if (state.status !== 'none') return outOfPlace(event, state.status);
        const { account, key } = event.data;
        return { status: 'requested', account, key };
      }
      case 'DataSubjectErased':
        if (state.status !== 'requested') return outOfPlace(event, state.status);
        return { ...state, status: 'erased' };
      default:
        return unreachable(event);
    }
  },
  decide(command, state) {
    const { account } = command.actor;
    if (state.status !== 'none' && state.account !== account) throw notFound('erasure');
    switch (command.type) {
      case 'EraseDataSubject':
        return state.status === 'none' ? [requested(command)] : [];
      case 'CompleteErasure': {
        if (state.status === 'none') throw notFound('erasure');
        if (state.status === 'erased') return [];
        const { erasureId } = command.data;
        return [
          { type: 'DataSubjectErased', data: { erasureId, account, key: state.key, erasedAt: command.now } },
        ];
      }
      default:
        return unreachable(command);
    }
  },
};

function requested({ data, actor: { account }, now }: EraseDataSubject): ErasureEvent {
  const { erasureId, key, reason } = data;
  if (key === undefined) {
    throw conflict(
      'nothing-to-erase',
      'Your account has recorded nothing of this person that can still be read.',
    );
  }
  return {
    type: 'DataSubjectErasureRequested',
    data: { erasureId, account, key, ...(reason && { reason }), requestedAt: now },
  };
}
