export * from './document.ts';
export * from './project.ts';
