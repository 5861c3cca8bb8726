export * from './document.ts';
export { forksAround } from './forks.ts';
export * from './project.ts';
