// Authenticates a connection whose pair was claimed, should the authentication itself have been lost (R-C2).
import { connection } from '#domain/connection';
import { isRefused } from './failures.ts';
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';

const NAME = 'complete-connection';

type Claim = {
  readonly connectionId: string;
  readonly account: string;
  readonly tokenHash: string;
  readonly label: string;
};

export const completeConnection: ProcessManager<Claim> = {
  name: NAME,
  startedBy: ['ConnectionPairClaimed'],
  workFor(event) {
    if (event.type !== 'ConnectionPairClaimed') return undefined;
    const { connectionId, account, tokenHash, label } = event.data;
    return { key: event.id, data: { connectionId, account, tokenHash, label } };
  },
  /** Under an id of its own: whichever of the two comes second finds nothing left to do. */
  async step([work], { aggregates, commands }) {
    const { account, connectionId, tokenHash, label } = work.data;
    const found = await aggregates.state(connection, connectionId);
    if (found.status !== 'pending' || found.tokenHash !== tokenHash) return 'done';
    const issue = issueFor(commands, NAME, work, account);
    try {
      await issue('AuthenticateConnection', { connectionId, tokenHash, label });
    } catch (error) {
      // The token expired or was taken back, or the pair was claimed again: the claim holds nothing any more.
      if (!isRefused(error, 'token-expired', 'token-invalid', 'already-connected')) throw error;
    }
    return 'done';
  },
};
