export { Connection as MongoConnection, type ConnectionOptions } from './connection.ts';
export { MongoViewReader, type MongoViewReaderOptions } from './reader.ts';
export { serverClockAhead } from './server-time.ts';
export { MongoViewStore, type MongoViewStoreOptions } from './store.ts';
