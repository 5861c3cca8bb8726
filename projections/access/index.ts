export * from './document.ts';
export { forksAround } from './forks.ts';
export { countOn, countYearId } from './given.ts';
export * from './project.ts';
