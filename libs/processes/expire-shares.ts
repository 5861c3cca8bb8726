// Announces the end of shares that were approved until a date, and ends them then (R-E1, R-E3).
import { unreachable } from '#domain/kernel';
import { nextExpiryAction, share, wasApproved } from '#domain/share';
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';

const NAME = 'expire-shares';

export const expireShares: ProcessManager<{ readonly shareId: string }> = {
  name: NAME,
  startedBy: ['ShareApproved'],
  workFor(event) {
    if (event.type !== 'ShareApproved' || event.data.terms.until === undefined) return undefined;
    const { shareId } = event.data;
    return { key: shareId, data: { shareId } };
  },
  /** By the clock that the command will be decided by, so that neither is ahead of the other. */
  async step([work], { aggregates, commands, clock }) {
    const { shareId } = work.data;
    const given = await aggregates.state(share, shareId);
    if (!wasApproved(given)) return 'done';
    const now = clock.now();
    const action = nextExpiryAction(given.summary, now);
    const issue = issueFor(commands, NAME, work, given.summary.provider, now);
    switch (action.kind) {
      case 'none':
        return 'done';
      case 'wait':
        // An extension meanwhile only moves the end away, and is found then.
        return { at: action.until };
      case 'announce': {
        const { until, daysBefore } = action;
        await issue('AnnounceShareExpiry', { shareId, until, daysBefore }, until, daysBefore);
        return 'continue';
      }
      case 'expire':
        await issue('ExpireShare', { shareId }, given.summary.expiresAt ?? '');
        return 'continue';
      default:
        return unreachable(action);
    }
  },
};
