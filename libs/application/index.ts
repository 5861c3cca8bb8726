export * from './application.module.ts';
export * from './command-executor.ts';
export * from './command-gateway.ts';
export { commandTable, type FactSources } from './commands/index.ts';
export * from './connection-tokens.ts';
export * from './core/index.ts';
export * from './errors.ts';
export * from './ports.ts';
export * from './queries/index.ts';
