export * from './beginning.ts';
export * from './count.ts';
export * from './find.ts';
export * from './flow.ts';
export * from './grants.ts';
