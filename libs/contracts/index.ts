export * from './audience.ts';
export * from './changes.ts';
export * from './describe.ts';
export * from './event-registry.ts';
export * from './events.ts';
export * from './metadata.ts';
export * from './no-effect.ts';
export * from './registry.ts';
