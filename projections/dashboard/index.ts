export * from './document.ts';
export * from './project.ts';
export * from './series.ts';
