import { fold, unreachable } from '#domain/kernel';
import { accessOf } from './access.ts';
import type { InstallationEvent } from './events.ts';
import { evolve, initial } from './fold.ts';

/**
 * The part of an installation's history that the account may read: all of it while it has access, and for a former
 * holder what happened up to the end of its last grant, later activity never (R-G1, R-V5); for a stranger nothing.
 * Folding it gives the installation as that account sees it.
 */
export function visibleTo<E extends InstallationEvent>(history: readonly E[], account: string): readonly E[] {
  const state = fold({ evolve }, initial, history);
  if (state.status === 'none') return [];
  const access = accessOf(state.tree, account);
  switch (access.kind) {
    case 'root':
    case 'live':
      return history;
    case 'former': {
      const end = history.findLastIndex(
        (event) => event.type === 'InstallationAccessWithdrawn' && event.data.holder === account,
      );
      return history.slice(0, end + 1);
    }
    case 'none':
      return [];
    default:
      return unreachable(access);
  }
}
