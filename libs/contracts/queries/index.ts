export * from './access-checks.ts';
