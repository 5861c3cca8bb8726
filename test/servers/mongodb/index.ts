export { DROPS_OF_NOTHING, type DropOfNothing } from './commands.ts';
export { type Fate, type Mishap, MongoServer, type MongoServerOptions } from './server.ts';
