export {
  allowedActions,
  type ConnectionAction,
  connectionRefusalContext,
} from './actions.ts';
export * from './commands.ts';
export * from './decide.ts';
export * from './events.ts';
export * from './pair.ts';
export * from './query.ts';
export * from './state.ts';
export { TOKEN_LIFETIME_MS } from './token.ts';
