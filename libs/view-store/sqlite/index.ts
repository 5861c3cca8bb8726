export { type PrepareOptions, prepareViewFile } from './file.ts';
export { SqliteViewReader, type SqliteViewReaderOptions } from './reader.ts';
export { SqliteViewStore, type SqliteViewStoreOptions } from './store.ts';
