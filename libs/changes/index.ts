export * from './feed.ts';
export * from './port.ts';
