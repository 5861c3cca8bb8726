export { EventStoreDb, type EventStoreDbOptions } from './cluster.ts';
export type { AppendFault } from './faults.ts';
export type { Node } from './node.ts';
