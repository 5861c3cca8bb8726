export { keysPath, SqliteKeyStore } from './store.ts';
