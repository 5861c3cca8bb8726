export * from './execute-command.ts';
export * from './table.ts';
