export { type Draft, draft } from './draft.ts';
export * from './port.ts';
export * from './signal.ts';
