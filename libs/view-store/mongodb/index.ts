export { Connection as MongoConnection, type ConnectionOptions } from './connection.ts';
export { collectionsIn } from './contents.ts';
export { MongoViewReader, type MongoViewReaderOptions } from './reader.ts';
export { MongoViewStore, type MongoViewStoreOptions } from './store.ts';
