export { type Fate, type Mishap, MongoServer } from './server.ts';
