export * from './asking.ts';
export * from './scenario.ts';
