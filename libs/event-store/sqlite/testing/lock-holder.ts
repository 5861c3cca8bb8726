// A process that has an event store's lock, and nothing else of it, until it is ended.
import { DatabaseSync } from 'node:sqlite';

const [lock = ''] = process.argv.slice(2);
new DatabaseSync(lock).exec('BEGIN EXCLUSIVE');
console.log('held');
setInterval(() => undefined, 60_000);
