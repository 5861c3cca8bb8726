export { EventStoreDb, type EventStoreDbOptions } from './cluster.ts';
export type { AppendFault, ReadFault } from './faults.ts';
export { drawHabits, type Habits } from './habits.ts';
export type { Node } from './node.ts';
