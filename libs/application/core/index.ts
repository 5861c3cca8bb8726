export * from './aggregates.ts';
export * from './clock.ts';
export * from './command-port.ts';
export * from './ids.ts';
