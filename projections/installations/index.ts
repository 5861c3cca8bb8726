export * from './document.ts';
export * from './kept-below.ts';
export * from './project.ts';
