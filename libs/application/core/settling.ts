import {
  type ClaimConnectionPair,
  connection,
  type SettleConnection,
  type TokenUsedConnection,
} from '#domain/connection';
import { Refusal } from '#domain/kernel';
import type { Aggregates } from './aggregates.ts';
import type { CommandOutcome } from './command-port.ts';

/** The two commands that follow from the use of a connection's token; each is the same one however often it is sent. */
export interface SettlingCommands {
  claim(data: ClaimConnectionPair['data']): Promise<CommandOutcome>;
  settle(data: SettleConnection['data']): Promise<CommandOutcome>;
}

/**
 * Completes a connection whose token was used: claims the pair of accounts for it, and makes it active or cancels it by
 * whether that succeeded (R-C2). Doing it again changes nothing.
 */
export async function settleConnection(
  connectionId: string,
  aggregates: Aggregates,
  commands: SettlingCommands,
): Promise<CommandOutcome> {
  const found = await aggregates.state(connection, connectionId);
  if (found.status === 'token-used') await claimPair(found, commands);
  return commands.settle({ connectionId });
}

async function claimPair(found: TokenUsedConnection, commands: SettlingCommands): Promise<void> {
  const { connectionId, creator, tokenHash, acceptorLabel: label } = found;
  try {
    await commands.claim({ connectionId, creator, tokenHash, label });
  } catch (error) {
    // Another connection of the two came first; settling finds it so.
    if (!(error instanceof Refusal && error.code === 'already-connected')) throw error;
  }
}
