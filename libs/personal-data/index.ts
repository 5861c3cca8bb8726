export * from './events.ts';
export * from './key-encryption.ts';
export * from './key-store.ts';
export * from './keys.ts';
export * from './revealing.ts';
export * from './sealing.ts';
export * from './subject.ts';
export * from './views.ts';
