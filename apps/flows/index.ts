export * from './checkpoints.ts';
export * from './connections.ts';
export * from './count.ts';
export { findFlows } from './find.ts';
export * from './flow.ts';
export * from './grants.ts';
export type { FlowSearch, FlowSources } from './search.ts';
export * from './starting-event.ts';
