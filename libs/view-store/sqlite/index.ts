export { type PrepareOptions, prepareViewFile } from './file.ts';
export { type FoundDamage, SqliteViewReader, type SqliteViewReaderOptions } from './reader.ts';
export { SqliteViewStore, type SqliteViewStoreOptions } from './store.ts';
