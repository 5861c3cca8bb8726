export * from './keys.ts';
export * from './leases.ts';
export * from './names.ts';
export * from './page-token.ts';
export * from './pages.ts';
export * from './port.ts';
export * from './signals.ts';
export { matchesAll } from './words.ts';
