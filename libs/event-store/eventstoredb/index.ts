export type { EventStoreDbOptions } from './connection.ts';
export { EventStoreDbEventStore } from './store.ts';
