export * from './commands.ts';
export * from './decide.ts';
export { MAX_EXPLANATION_LENGTH, MAX_NAME_LENGTH, MAX_SELECTION } from './evaluation.ts';
export * from './events.ts';
export {
  type ExpiryAction,
  hasEndAhead,
  hasExpired,
  MAX_TERM_MS,
  nextExpiryAction,
  shareByClock,
  summaryByClock,
} from './expiry.ts';
export type { ApprovalFacts, ProcessingFacts, RequestFacts, ShareFacts } from './facts.ts';
export * from './importing.ts';
export * from './levels.ts';
export * from './matching.ts';
export * from './query.ts';
export { requireItems } from './refusals.ts';
export * from './selection.ts';
export * from './state.ts';
export { MAX_STEP_INSTALLATIONS, MAX_STEP_SOURCES, type PlacingTarget } from './step.ts';
export * from './summary.ts';
export {
  type ActingAt,
  allowedActions,
  refusalContext,
  requireAllowed,
  requirePossible,
  shareCommands,
  shareRefusalContext,
  shareRoles,
} from './table.ts';
