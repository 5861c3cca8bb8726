export * from './aggregates.ts';
export * from './clock.ts';
export * from './command-executor.ts';
export * from './command-port.ts';
export * from './connection-tokens.ts';
export * from './errors.ts';
export * from './ids.ts';
