import type { Decider } from '#domain/kernel';
import { unreachable } from '#domain/kernel';
import type { ShareCommand } from './commands.ts';
import type { ShareEvent } from './events.ts';
import { shareByClock } from './expiry.ts';
import type { ShareFacts } from './facts.ts';
import { evolve } from './fold.ts';
import { notNow } from './refusals.ts';
import type { ActionRow, CommandRow } from './row.ts';
import type { ShareState } from './state.ts';
import { requireExisting, requireSide, shareCommands } from './table.ts';

/** Requests to exchange one set of data over one connection; streams `share-<share id>`. */
export const share: Decider<ShareState, ShareCommand, ShareEvent, ShareFacts> = {
  category: 'share',
  initial: { kind: 'none' },
  evolve,
  decide(command, state, facts) {
    const row = shareCommands[command.type] as CommandRow<ShareCommand>;
    switch (row.kind) {
      case 'opening':
        return row.decide(command, state, facts);
      case 'action':
        return act(row, command, state, facts);
      case 'recording':
        return row.decide(command, requireExisting(state));
      default:
        return unreachable(row);
    }
  },
};

function act(
  row: ActionRow<ShareCommand>,
  command: ShareCommand,
  state: ShareState,
  facts: ShareFacts,
): readonly ShareEvent[] {
  const existing = shareByClock(requireSide(row, command.actor.account, state), command.now);
  if (row.isDone(command, existing)) return [];
  if (!row.possible(existing.summary, command.now)) {
    throw row.refuseNow?.(command, existing) ?? notNow(row.refusals.notNow, existing, command.actor.account);
  }
  return row.decide(command, existing, facts);
}
