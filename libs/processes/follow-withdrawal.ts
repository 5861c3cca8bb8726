// Records in a share that access it gave ended for a cause outside it: a revocation further up, or a return (R-V4, R-V7).
import type { WithdrawalCause } from '#domain/installation';
import { isByItsShare, isLiveOrOffered, share, wasApproved } from '#domain/share';
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';

const NAME = 'follow-withdrawal';

type OutsideCause = Omit<WithdrawalCause, 'grantId'>;

type EndedAccess = {
  readonly shareId: string;
  readonly installationId: string;
  readonly cause: { readonly [Field in keyof OutsideCause]: OutsideCause[Field] };
};

export const followWithdrawal: ProcessManager<EndedAccess> = {
  name: NAME,
  startedBy: ['InstallationAccessWithdrawn'],
  workFor(event) {
    // A revocation by the giver came from the share itself, and so does its end.
    if (event.type !== 'InstallationAccessWithdrawn' || isByItsShare(event.data.cause.kind)) return undefined;
    const { installationId, grantId, shareId, cause } = event.data;
    const { grantId: _, ...outside } = cause;
    return { key: grantId, data: { shareId, installationId, cause: outside } };
  },
  /** Withdrawals by one decision are recorded together, where they arrive together. */
  groupKey: ({ data }) => `${data.shareId}/${JSON.stringify(data.cause)}`,
  async step(works, { aggregates, commands }) {
    const [first] = works;
    const { shareId, cause } = first.data;
    const given = await aggregates.state(share, shareId);
    if (!wasApproved(given)) return 'done';
    const installations = works
      .map(({ data }) => data.installationId)
      .filter((installationId) => {
        const item = given.contents.items.get(installationId);
        return item !== undefined && isLiveOrOffered(item);
      });
    if (installations.length === 0) return 'done';
    const issue = issueFor(commands, NAME, first, given.summary.requester);
    await issue('RecordWithdrawnItems', { shareId, installations, cause }, ...installations);
    return 'done';
  },
};
