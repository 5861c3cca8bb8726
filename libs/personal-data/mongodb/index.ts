export { type Database, keysDatabase, MongoKeyStore } from './store.ts';
