import { completeConnection } from './complete-connection.ts';
import { completeErasure } from './complete-erasure.ts';
import { cancelLateRequest, endConnection } from './end-connection.ts';
import { expireShares } from './expire-shares.ts';
import { ExtendAccess } from './extend-access.ts';
import { followWithdrawal } from './follow-withdrawal.ts';
import { ImportCatalogue } from './import-catalogue.ts';
import { ImportStep } from './import-step.ts';
import { preparePackage } from './prepare-package.ts';
import type { ProcessManager } from './process-manager.ts';
import { withdrawAccess } from './withdraw-access.ts';

export { PromptEnforcement } from './enforcement.ts';
export { CommandsUnavailable } from './failures.ts';
export { FileJudging } from './file-judging.ts';
export { grantIdOf } from './grant-id.ts';
export { CATALOGUE_VIEWS } from './known-catalogue.ts';
export * from './process-manager.ts';
export * from './runner.ts';
export * from './status.ts';
export { processTimers, processWork, type TimerDocument, type WorkDocument } from './work.ts';

/** All processes. Some cache between steps what they have read, so each runner has its own instances. */
export function createProcesses(): readonly ProcessManager[] {
  return [
    completeConnection,
    completeErasure,
    endConnection,
    cancelLateRequest,
    preparePackage,
    new ImportStep(),
    withdrawAccess,
    followWithdrawal,
    expireShares,
    new ExtendAccess(),
    new ImportCatalogue(),
  ];
}
