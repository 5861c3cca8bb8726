export * from './documents.ts';
export * from './schedule.ts';
