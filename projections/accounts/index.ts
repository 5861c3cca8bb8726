export * from './directory.ts';
export * from './document.ts';
export * from './project.ts';
