export { DROPS_OF_NOTHING, type DropOfNothing } from './commands.ts';
export { drawHabits, type Fault, type FaultRule, MongoServer, type MongoServerOptions } from './server.ts';
