export * from './commands.ts';
export * from './events.ts';
