export * from './commands.ts';
export {
  type ApprovalFacts,
  MAX_EXPLANATION_LENGTH,
  MAX_NAME_LENGTH,
  MAX_SELECTION,
  type ProcessingFacts,
  type RequestFacts,
  type ShareFacts,
  share,
} from './decide.ts';
export * from './events.ts';
export { withinLevel } from './levels.ts';
export { MAX_STEP_INSTALLATIONS, MAX_STEP_SOURCES, type PlacingTarget } from './processing.ts';
export * from './query.ts';
export * from './roles.ts';
export * from './state.ts';
export * from './summary.ts';
