export * from './access-types.ts';
export * from './commands.ts';
export * from './events.ts';
export * from './revocation.ts';
