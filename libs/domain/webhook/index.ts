export * from './commands.ts';
export * from './decide.ts';
export * from './events.ts';
export * from './query.ts';
export { ROTATION_MS, validSecrets } from './secrets.ts';
export * from './state.ts';
