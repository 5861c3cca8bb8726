import { type Decider, unreachable } from '#domain/kernel';
import { approve, cancel, cancelForEndedConnection, reject, request } from './asking.ts';
import type { ShareCommand } from './commands.ts';
import type { ShareEvent } from './events.ts';
import type { ShareFacts } from './facts.ts';
import { evolve } from './fold.ts';
import { collectBatch, completePackage, startPreparation } from './preparing.ts';
import { completeStep, finish, processStep, recordPlaced } from './processing.ts';
import { recordWithdrawn, revoke } from './revoking.ts';
import type { ShareState } from './state.ts';

/** Requests to exchange one set of data over one connection; streams `share-<share id>`. */
export const share: Decider<ShareState, ShareCommand, ShareEvent, ShareFacts> = {
  category: 'share',
  initial: { status: 'none' },
  evolve,
  decide(command, state, facts) {
    switch (command.type) {
      case 'RequestShare':
        return request(command, state, facts);
      case 'CancelShare':
        return cancel(command, state);
      case 'RejectShare':
        return reject(command, state);
      case 'ApproveShare':
        return approve(command, state, facts);
      case 'ProcessShare':
        return processStep(command, state, facts);
      case 'FinishShare':
        return finish(command, state);
      case 'RevokeShare':
        return revoke(command, state);
      case 'StartPreparation':
        return startPreparation(command, state);
      case 'CollectPackageBatch':
        return collectBatch(command, state);
      case 'CompletePackage':
        return completePackage(command, state);
      case 'RecordPlacedItems':
        return recordPlaced(command, state);
      case 'CompleteStep':
        return completeStep(command, state);
      case 'RecordWithdrawnItems':
        return recordWithdrawn(command, state);
      case 'CancelForEndedConnection':
        return cancelForEndedConnection(command, state);
      default:
        return unreachable(command);
    }
  },
};
