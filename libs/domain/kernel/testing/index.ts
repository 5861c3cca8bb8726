export * from './commands-of.ts';
export * from './scenario.ts';
