// What the end of a connection does to its shares (R-C4).

import { CONCURRENT_COMMANDS, mapConcurrently } from '#application/core';
import { ENDS_CONNECTION } from '#contracts';
import { connection } from '#domain/connection';
import { awaitsEvaluation, share, wasApproved } from '#domain/share';
import { partyShares, sharesProjection } from '#projections/shares';
import type { ViewReader } from '#view-store';
import { isRefused, waitForView } from './failures.ts';
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';

const END = ENDS_CONNECTION;

type EndedConnection = {
  readonly connectionId: string;
  readonly account: string;
  readonly revokeShares: boolean;
};

/** Cancels the open requests and, if the account that ended the connection chose so, revokes what it gave. */
export const endConnection: ProcessManager<EndedConnection> = {
  name: END,
  startedBy: ['ConnectionEnded'],
  workFor(event) {
    if (event.type !== 'ConnectionEnded') return undefined;
    const { connectionId, account, revokeShares } = event.data;
    return { key: connectionId, data: { connectionId, account, revokeShares } };
  },
  async step([work], { aggregates, commands, views }) {
    const { connectionId, account, revokeShares } = work.data;
    await waitForView(views, sharesProjection.name, work.cause.position);
    const issue = issueFor(commands, END, work, account);
    await mapConcurrently(
      await sharesOf(connectionId, account, views),
      CONCURRENT_COMMANDS,
      async (shareId) => {
        let found = await aggregates.state(share, shareId);
        if (found.kind !== 'none' && awaitsEvaluation(found.summary)) {
          await issue('CancelForEndedConnection', { shareId }, shareId);
          // It may have been approved at the last moment.
          found = await aggregates.state(share, shareId);
        }
        if (revokeShares && wasApproved(found) && found.summary.provider === account) {
          await unlessNothingRevocable(issue('RevokeShare', { shareId }, shareId));
        }
      },
    );
    return 'done';
  },
};

/** Revokes what may still be revoked; a refusal means that nothing of it may be (R-V3). */
async function unlessNothingRevocable(revoking: Promise<unknown>): Promise<void> {
  try {
    await revoking;
  } catch (error) {
    if (!isRefused(error, 'revocation-window-closed', 'share-not-approved')) throw error;
  }
}

/** All shares along the connection. Listed before any is changed: they are in the order of their last change. */
async function sharesOf(connectionId: string, account: string, views: ViewReader): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await views.find(partyShares, {
      index: 'by-connection',
      prefix: [account, connectionId],
      after,
      limit: 500,
    });
    found.push(...page.items.map(({ shareId }) => shareId));
    after = page.next;
  } while (after !== undefined);
  return found;
}

const LATE = 'cancel-late-request';

/** Cancels a request that was made while its connection ended: the two are on separate streams. */
export const cancelLateRequest: ProcessManager<{ readonly shareId: string; readonly connectionId: string }> =
  {
    name: LATE,
    startedBy: ['ShareRequested'],
    workFor(event) {
      if (event.type !== 'ShareRequested') return undefined;
      const { shareId, connectionId } = event.data;
      return { key: shareId, data: { shareId, connectionId } };
    },
    async step([work], { aggregates, commands }) {
      const { shareId, connectionId } = work.data;
      const link = await aggregates.state(connection, connectionId);
      if (link.status === 'active') return 'done';
      const found = await aggregates.state(share, shareId);
      if (found.kind === 'none' || !awaitsEvaluation(found.summary)) return 'done';
      await issueFor(commands, LATE, work, found.summary.requester)('CancelForEndedConnection', { shareId });
      return 'done';
    },
  };
