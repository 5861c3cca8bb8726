export * from './access-checks.ts';
export * from './catalogue-row.ts';
