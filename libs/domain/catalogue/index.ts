export * from './building.ts';
export * from './commands.ts';
export * from './customer.ts';
export { isKeptBy, type Kept } from './entry.ts';
export * from './events.ts';
export * from './location.ts';
export * from './normalise.ts';
