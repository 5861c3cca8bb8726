export { SqliteEventReader, type SqliteEventReaderOptions } from './reader.ts';
export { SqliteEventStore, type SqliteEventStoreOptions } from './store.ts';
