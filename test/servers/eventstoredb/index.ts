export { EventStoreDb, type EventStoreDbOptions } from './cluster.ts';
export { APPEND_FAULTS, type AppendFault, READ_FAULTS, type ReadFault } from './faults.ts';
export type { Node } from './node.ts';
export { drawQuirks, type Quirks } from './quirks.ts';
