export * from './document.ts';
export { storiesProjection } from './project.ts';
