import type { Role } from '#domain/kernel';
import type { ShareCommand } from './commands.ts';

/** Who may command; what processes record is the system's alone. */
export const shareRoles: Readonly<Record<ShareCommand['type'], readonly Role[]>> = {
  RequestShare: ['administrator'],
  CancelShare: ['administrator'],
  RejectShare: ['administrator'],
  ApproveShare: ['administrator'],
  RevokeShare: ['administrator'],
  ProcessShare: ['manager', 'administrator'],
  FinishShare: ['manager', 'administrator'],
  StartPreparation: ['system'],
  CollectPackageBatch: ['system'],
  CompletePackage: ['system'],
  RecordPlacedItems: ['system'],
  CompleteStep: ['system'],
  RecordWithdrawnItems: ['system'],
  CancelForEndedConnection: ['system'],
};
