export * from './document.ts';
export { changesProjection } from './project.ts';
