import { outOfPlace, unreachable } from '#domain/kernel';
import type { AccountEvent } from './events.ts';
import type { AccountState } from './state.ts';

export function evolve(state: AccountState, event: AccountEvent): AccountState {
  switch (event.type) {
    case 'AccountRegistered':
      return { status: 'registered', ...event.data };
    case 'AccountDetailsChanged':
      return state.status === 'registered' ? { ...state, ...event.data } : outOfPlace(event, state.status);
    default:
      return unreachable(event);
  }
}
