export * from './actor.ts';
export * from './changes.ts';
export * from './decider.ts';
export * from './errors.ts';
export * from './instant.ts';
export * from './persistent-map.ts';
export * from './remembered.ts';
export * from './same-data.ts';
