export * from './metadata.ts';
export * from './registry.ts';
