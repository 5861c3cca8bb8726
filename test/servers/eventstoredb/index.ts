export { EventStoreDb, type EventStoreDbOptions } from './cluster.ts';
export type { AppendFault, ReadFault } from './faults.ts';
export type { Node } from './node.ts';
export { drawQuirks, type Quirks } from './quirks.ts';
