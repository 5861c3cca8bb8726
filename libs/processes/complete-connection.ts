// Completes a connection whose token was used, if the command was interrupted after that (R-C2).
import { settleConnection } from '#application/core';
import { connection } from '#domain/connection';
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';

const NAME = 'complete-connection';

type UsedToken = { readonly connectionId: string; readonly account: string };

export const completeConnection: ProcessManager<UsedToken> = {
  name: NAME,
  startedBy: ['ConnectionTokenUsed'],
  workFor(event) {
    if (event.type !== 'ConnectionTokenUsed') return undefined;
    const { connectionId, account } = event.data;
    return { key: event.id, data: { connectionId, account } };
  },
  async step([work], { aggregates, commands }) {
    const { account, connectionId } = work.data;
    const found = await aggregates.state(connection, connectionId);
    if (found.status !== 'token-used') return 'done';
    const issue = issueFor(commands, NAME, work, account);
    await settleConnection(connectionId, aggregates, {
      claim: (data) => issue('ClaimConnectionPair', data),
      settle: (data) => issue('SettleConnection', data),
    });
    return 'done';
  },
};
