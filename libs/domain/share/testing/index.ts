export * from './life.ts';
