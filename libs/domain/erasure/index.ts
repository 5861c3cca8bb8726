export * from './commands.ts';
export * from './erasure.ts';
export * from './events.ts';
