export * from './aggregates.ts';
export * from './clock.ts';
export * from './command-port.ts';
export * from './enforcement.ts';
export * from './ids.ts';
export * from './in-flight.ts';
export * from './selections.ts';
export * from './settling.ts';
