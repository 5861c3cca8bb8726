export * from './port.ts';
export * from './signal.ts';
