export * from './commands.ts';
export * from './decide.ts';
export * from './events.ts';
export * from './judge.ts';
export * from './known.ts';
export * from './query.ts';
export * from './state.ts';
