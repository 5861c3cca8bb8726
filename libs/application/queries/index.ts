import { GetPackageHandler, ListLeftOutHandler } from './package.ts';
import { GetPlanHandler } from './plan.ts';
import { PreviewApprovalHandler } from './preview.ts';
import { GetRevocationHandler, PreviewRevocationHandler } from './revocation.ts';
import { GetShareHandler, ListSharesHandler } from './shares.ts';

export * from './package.ts';
export * from './plan.ts';
export * from './preview.ts';
export * from './revocation.ts';
export { ViewSelections } from './selections.ts';
export * from './shares.ts';
export * from './view-query.ts';

/** Every query handler there is. */
export const queryHandlers = [
  GetShareHandler,
  ListSharesHandler,
  GetPackageHandler,
  ListLeftOutHandler,
  PreviewApprovalHandler,
  GetPlanHandler,
  PreviewRevocationHandler,
  GetRevocationHandler,
] as const;
