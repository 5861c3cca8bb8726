export * from './feed.ts';
export * from './logged-events.ts';
export * from './port.ts';
