export { type Draft, draft } from './draft.ts';
export { LazyEvent } from './lazy-event.ts';
export * from './port.ts';
export * from './signal.ts';
