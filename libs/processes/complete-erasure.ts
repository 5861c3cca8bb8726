// Completes an erasure that was interrupted after it was recorded. Also destroys its key again when the log is replayed,
// as after a restore: the keys of a backup may still include it.
import { issueFor } from './issue.ts';
import type { ProcessManager } from './process-manager.ts';

const NAME = 'complete-erasure';

type RequestedErasure = { readonly erasureId: string; readonly account: string };

export const completeErasure: ProcessManager<RequestedErasure> = {
  name: NAME,
  startedBy: ['DataSubjectErasureRequested'],
  workFor(event) {
    if (event.type !== 'DataSubjectErasureRequested') return undefined;
    const { erasureId, account } = event.data;
    return { key: event.id, data: { erasureId, account } };
  },
  async step([work], { commands }) {
    const { account, erasureId } = work.data;
    // The request is recorded already. Repeating it destroys the key, which only the executor of commands can do.
    await issueFor(commands, NAME, work, account)('EraseDataSubject', { erasureId });
    return 'done';
  },
};
